import type { Report } from '../e2e/lib/report.js';
import { missingForEngines } from '../engine-room/missing.js';
import { openRoom } from '../engine-room/room.js';
import { checkSample, type Row } from './check.js';
import { openDocker } from './docker.js';
import type { Engine } from './engine.js';
import { engineOfRoom } from './room-engine.js';
import { SAMPLES } from './samples.js';

export interface BuildOptions {
  readonly report: Report;
  readonly log: (line: string) => void;
  /** Only the samples whose name contains this. */
  readonly only?: string;
}

export interface Builds {
  /** Undefined where nothing can build. */
  readonly engine: Engine | undefined;
  readonly rows: readonly Row[];
}

/** Builds every sample before and after Harden, or lists them as skipped where nothing can build. */
export async function runBuilds({ report, log, only = '' }: BuildOptions): Promise<Builds> {
  const samples = SAMPLES.filter(({ name }) => name.includes(only));
  const engine = await findEngine(log).catch((error: unknown) => messageOf(error));
  if (typeof engine === 'string') {
    for (const { name } of samples) report.leaveOut(nameOf(name), engine);
    return { engine: undefined, rows: [] };
  }
  log(`builds with ${engine.name}`);
  const rows = new Map<string, Row>();
  const waiting = [...samples];
  const work = async (): Promise<void> => {
    for (let sample = waiting.shift(); sample; sample = waiting.shift()) {
      await report.run(nameOf(sample.name), async () => {
        rows.set(sample.name, await checkSample(sample, engine));
      });
    }
  };
  // One mostly waits for the network while the other computes.
  try {
    await Promise.all([work(), work()]);
  } finally {
    await engine.close();
  }
  return { engine, rows: samples.flatMap(({ name }) => rows.get(name) ?? []) };
}

const nameOf = (sample: string): string => `build ${sample}`;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** This machine's own engine, which has the real bases, or else those that the tests start; or why there is none. */
async function findEngine(log: (line: string) => void): Promise<Engine | string> {
  for (const command of ['docker', 'podman'] as const) {
    const engine = await openDocker(command);
    if (engine) return engine;
  }
  const missing = await missingForEngines();
  return missing ?? engineOfRoom(await openRoom(log));
}
