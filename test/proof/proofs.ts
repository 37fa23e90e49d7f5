import type { Rule } from '../../server/src/rules/rule.js';
import type { Report } from '../e2e/lib/report.js';
import { missingForEngines } from '../engine-room/missing.js';
import { openRoom } from '../engine-room/room.js';
import { PROOFS } from './cases/index.js';
import { serveDownloads } from './downloads.js';
import { buildExamples, RULES_WITH_EXAMPLES } from './examples.js';
import type { Proof } from './proof.js';
import { type Proven, prove } from './prove.js';

export interface ProofOptions {
  readonly report: Report;
  readonly log: (line: string) => void;
  /** Only the proofs whose rule or mistake contains this. */
  readonly only?: string;
}

export interface Proofs {
  /** Their names; empty where none can be started. */
  readonly engines: string;
  readonly proven: ReadonlyMap<Proof, Proven>;
}

const nameOf = ({ rule, mistake }: Proof): string => `proof of ${rule}: ${mistake}`;

const exampleName = ({ id }: Rule): string => `examples of ${id}`;

/** Shows each mistake and what works to the engines, and builds the rules' examples, or lists them as skipped where no engine can be started. */
export async function runProofs({ report, log, only = '' }: ProofOptions): Promise<Proofs> {
  const proofs = Object.values(PROOFS)
    .flat()
    .filter(proof => nameOf(proof).includes(only));
  const rules = RULES_WITH_EXAMPLES.filter(rule => exampleName(rule).includes(only));
  const proven = new Map<Proof, Proven>();
  const missing = await missingForEngines();
  if (missing !== undefined) {
    for (const name of [...proofs.map(nameOf), ...rules.map(exampleName)]) report.leaveOut(name, missing);
    return { engines: '', proven };
  }
  const room = await openRoom(log);
  const downloads = await serveDownloads();
  const tests = [
    ...proofs.map(proof => async (): Promise<void> => {
      await report.run(nameOf(proof), async () => {
        proven.set(proof, await prove(proof, room));
      });
    }),
    ...rules.map(rule => async (): Promise<void> => {
      await report.run(exampleName(rule), async () => {
        await buildExamples(rule, room);
      });
    }),
  ];
  try {
    const work = async (): Promise<void> => {
      for (let test = tests.shift(); test; test = tests.shift()) await test();
    };
    await Promise.all([work(), work()]);
  } finally {
    downloads.stop();
    await room.close();
  }
  return { engines: `${room.buildkit.name} and ${room.docker.name}`, proven };
}
