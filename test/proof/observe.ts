import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineRoom } from '../engine-room/room.js';
import { execute, need, type Outcome, tail } from '../lib/execute.js';
import type { Expected } from './proof.js';

/** What is built and run. */
export interface Subject {
  readonly dockerfile: string;
  readonly files: Readonly<Record<string, string>>;
  readonly run?: readonly string[];
  readonly platform?: string;
}

/** What an engine showed; `log` has all that it said. */
export interface Observed {
  readonly does: Expected['does'];
  readonly says: string;
  readonly log: string;
}

let images = 0;

/** Builds it, and looks at the image in the way that tells whether it is as expected. */
export async function observe(room: EngineRoom, subject: Subject, expected: Expected): Promise<Observed> {
  const context = mkdtempSync(join(tmpdir(), 'dockwright-proof-'));
  const tag = `dockwright-proof:${images++}`;
  try {
    writeFiles(context, { ...subject.files, Dockerfile: subject.dockerfile });
    const bases = await room.bases.namedIn(subject.dockerfile);
    const { platform } = subject;
    const built = await room.buildImage({ context, images: bases, ...(platform ? { platform } : {}) }, tag);
    if (built.code !== 0) return { does: 'stop', says: tail(built.log, 12), log: built.log };
    if (expected.does === 'turn') return await healthOf(room, tag);
    if (expected.does === 'stay') return await stateOf(room, tag);
    if (expected.does === 'halt') return await endOf(room, tag);
    if (expected.does === 'weigh') return await weightOf(room, tag);
    const ran = await docker(room, 'run', '--rm', '--network', 'none', tag, ...(subject.run ?? []));
    const says = ran.code === 0 ? ran.stdout.trimEnd() : tail(ran.log, 5);
    return { does: ran.code === 0 ? 'print' : 'fail', says, log: ran.log };
  } finally {
    // The image stays until the room is closed: the next one shares the layers of its base.
    rmSync(context, { recursive: true, force: true });
  }
}

const docker = (room: EngineRoom, ...args: readonly string[]): Promise<Outcome> =>
  execute('docker', [...room.docker.client, ...args], 60);

export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    if (text === '{busybox}') copyFileSync('/bin/busybox', file);
    else writeFileSync(file, text);
    if (text === '{busybox}' || text.startsWith('#!')) chmodSync(file, 0o755);
  }
}

/** Starts it, and waits for the verdict of its HEALTHCHECK. */
async function healthOf(room: EngineRoom, tag: string): Promise<Observed> {
  const { client } = room.docker;
  const id = (await need('docker', [...client, 'run', '-d', '--network', 'none', tag])).trim();
  try {
    for (let waits = 0; waits < 120; waits++) {
      const state = ['inspect', '-f', '{{.State.Health.Status}} {{json .State.Health.Log}}', id];
      const log = await need('docker', [...client, ...state]);
      const [says = ''] = log.split(' ');
      if (says !== 'starting') return { does: 'turn', says, log };
      await sleep(500);
    }
    throw new Error('It is neither healthy nor unhealthy after a minute.');
  } finally {
    await docker(room, 'rm', '-f', id);
  }
}

/** Starts it, and looks after some seconds whether it still runs. */
async function stateOf(room: EngineRoom, tag: string): Promise<Observed> {
  const { client } = room.docker;
  const id = (await need('docker', [...client, 'run', '-d', '--network', 'none', tag])).trim();
  try {
    await sleep(3000);
    const running = (await need('docker', [...client, 'inspect', '-f', '{{.State.Running}}', id])).trim();
    const { log } = await docker(room, 'logs', id);
    return { does: 'stay', says: running === 'true' ? 'running' : 'ended', log };
  } finally {
    await docker(room, 'rm', '-f', id);
  }
}

/** Starts it, and asks it to stop: what is killed ends with 128 and the number of SIGKILL. */
async function endOf(room: EngineRoom, tag: string): Promise<Observed> {
  const { client } = room.docker;
  const id = (await need('docker', [...client, 'run', '-d', '--network', 'none', tag])).trim();
  try {
    await sleep(2000);
    await need('docker', [...client, 'stop', '--time', '4', id]);
    const code = (await need('docker', [...client, 'inspect', '-f', '{{.State.ExitCode}}', id])).trim();
    return { does: 'halt', says: code === '137' ? 'killed' : 'by itself', log: `exit code ${code}` };
  } finally {
    await docker(room, 'rm', '-f', id);
  }
}

async function weightOf(room: EngineRoom, tag: string): Promise<Observed> {
  const bytes = await need('docker', [...room.docker.client, 'image', 'inspect', '-f', '{{.Size}}', tag]);
  const megabytes = (Number(bytes) / 1e6).toFixed(1);
  return { does: 'weigh', says: megabytes, log: `${megabytes} MB` };
}
