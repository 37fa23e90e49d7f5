import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../e2e/lib/report.js';
import { BASES, prepareBase } from './bases.js';
import { type Buildah, openBuildah } from './buildah.js';
import { checkSample, type Row } from './check.js';
import { openDocker } from './docker.js';
import type { Engine } from './engine.js';
import { execute, need } from './execute.js';
import { SAMPLES, type Sample } from './samples.js';

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

interface Machine {
  readonly engine: Engine;
  readonly prepareBase: (name: string) => Promise<void>;
}

/** Builds every sample before and after Harden, or lists them as skipped where nothing can build. */
export async function runBuilds({ report, log, only = '' }: BuildOptions): Promise<Builds> {
  const samples = SAMPLES.filter(({ name }) => name.includes(only));
  const machine = await findMachine(log).catch((error: unknown) => messageOf(error));
  if (typeof machine === 'string') {
    for (const { name } of samples) leaveOut(report, nameOf(name), machine);
    return { engine: undefined, rows: [] };
  }
  log(`builds with ${machine.engine.name}`);
  const rows = new Map<string, Row>();
  const waiting = [...samples];
  const work = async (): Promise<void> => {
    for (let sample = waiting.shift(); sample; sample = waiting.shift()) {
      const row = await runSample(sample, machine, { report, log });
      if (row) rows.set(sample.name, row);
    }
  };
  // One mostly waits for the network while the other computes.
  await Promise.all([work(), work()]);
  await machine.engine.close();
  return { engine: machine.engine, rows: samples.flatMap(({ name }) => rows.get(name) ?? []) };
}

const nameOf = (sample: string): string => `build ${sample}`;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Skipped in everybody's sight, and a failure where skipping is not allowed. */
function leaveOut(report: Report, name: string, reason: string): void {
  if (process.env.DOCKWRIGHT_REQUIRE_BUILDS === '1') report.fail(name, reason);
  else report.skip(name, reason);
}

async function runSample(sample: Sample, machine: Machine, { report, log }: BuildOptions): Promise<Row | undefined> {
  const name = nameOf(sample.name);
  const { engine } = machine;
  if (sample.heredocs && !engine.heredocs) {
    // No fault of the machine's: the engine is older than the syntax, so it counts neither way.
    log(`not counted: ${name} (${engine.name} cannot build heredocs)`);
    return undefined;
  }
  try {
    for (const base of [sample.base, ...(sample.builders ?? [])]) await machine.prepareBase(base);
  } catch (error) {
    leaveOut(report, name, `its base cannot be made: ${messageOf(error)}`);
    return undefined;
  }
  let row: Row | undefined;
  await report.run(name, async () => {
    row = await checkSample(sample, engine);
  });
  return row;
}

async function findMachine(log: (line: string) => void): Promise<Machine | string> {
  for (const command of ['docker', 'podman'] as const) {
    const engine = await openDocker(command);
    if (engine) return { engine, prepareBase: async () => {} };
  }
  const missing = await installBuildah(log);
  if (missing !== undefined) return missing;
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'dockwright-builds');
  mkdirSync(cache, { recursive: true });
  const buildah: Buildah = await openBuildah(cache);
  return {
    engine: buildah,
    prepareBase: async name => {
      if (BASES[name]) await prepareBase(name, buildah, log);
    },
  };
}

const PACKAGES = {
  buildah: '/usr/bin/buildah',
  debootstrap: '/usr/sbin/debootstrap',
  'busybox-static': '/bin/busybox',
};

/** Why there is no buildah; undefined when there is. */
async function installBuildah(log: (line: string) => void): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'there is no Docker or Podman that works, and buildah needs root on Linux';
  const missing = Object.entries(PACKAGES).flatMap(([name, file]) => (existsSync(file) ? [] : [name]));
  if (missing.length === 0) return undefined;
  if ((await execute('apt-get', ['--version'])).code !== 0)
    return `there is no Docker or Podman that works, and no apt-get to install ${missing.join(', ')}`;
  log(`installing ${missing.join(', ')}`);
  await need('apt-get', ['update', '-qq']);
  await need('env', [
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
    'install',
    '-y',
    '-qq',
    '--no-install-recommends',
    ...missing,
  ]);
  return undefined;
}
