import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HardenPlan } from '../../server/src/harden/index.js';
import type { EngineRoom } from '../engine-room/room.js';
import { execute, need, tail } from '../lib/execute.js';
import { planIn } from '../lib/plan-in.js';
import { writeFiles } from '../proof/observe.js';
import type { App } from './app.js';

/** What was seen of one image. */
export interface Seen {
  readonly bytes: number;
  readonly layers: number;
  readonly uid: number;
  /** What it answered to each question, or printed. */
  readonly answers: readonly string[];
  /** How it ended when it was asked to; undefined for what ends by itself. */
  readonly stopped: 'by itself' | 'killed' | undefined;
  /** RUNs that were carried out again after a change of the source, of all. */
  readonly again: { readonly run: number; readonly of: number } | undefined;
}

export interface Checked {
  readonly app: App;
  /** Undefined where it cannot be built. */
  readonly before: Seen | undefined;
  readonly after: Seen;
}

/** Builds and starts an application before and after Harden. Throws with what is not as before. */
export async function checkApp(app: App, room: EngineRoom): Promise<Checked> {
  const context = mkdtempSync(join(tmpdir(), 'dockwright-app-'));
  try {
    writeFiles(context, { ...app.files, Dockerfile: app.dockerfile });
    for (const [path, mode] of Object.entries(app.modes ?? {})) chmodSync(join(context, path), mode);
    const before = await seenBefore(app, room, context);
    const plan = await planIn(context, app.multiStage ? { multiStage: 'also' } : {});
    writeFileSync(join(context, 'Dockerfile'), plan.after);
    const after = await see(app, room, context, 'after').catch((error: unknown) => {
      throw new Error(`${error instanceof Error ? error.message : String(error)}\n\nThe Dockerfile:\n${plan.after}`);
    });
    compare(app, before, after, plan);
    return { app, before, after };
  } finally {
    rmSync(context, { recursive: true, force: true });
  }
}

async function seenBefore(app: App, room: EngineRoom, context: string): Promise<Seen | undefined> {
  if (app.broken === undefined) return see(app, room, context, 'before');
  const images = await room.bases.namedIn(app.dockerfile);
  const { code } = await room.buildkit.build({ context, images });
  if (code === 0) throw new Error(`It should not build: ${app.broken}.`);
  return undefined;
}

async function see(app: App, room: EngineRoom, context: string, which: string): Promise<Seen> {
  const tag = `dockwright-app-${app.name}:${which}`;
  const { client } = room.docker;
  const images = await room.bases.namedIn(readFileSync(join(context, 'Dockerfile'), 'utf8'));
  const built = await room.buildImage({ context, images }, tag);
  if (built.code !== 0) throw new Error(`${which}: the build failed\n${tail(built.log)}`);
  const host = app.mount === undefined ? undefined : mkdtempSync(join(tmpdir(), 'dockwright-mount-'));
  try {
    const [bytes = '', layers = ''] = (
      await need('docker', [...client, 'image', 'inspect', '-f', '{{.Size}} {{len .RootFS.Layers}}', tag])
    ).split(' ');
    const container = await started(app, room, tag, host);
    const again = app.source === undefined ? undefined : await rebuilt(app.source, room, context, images);
    return { bytes: Number(bytes), layers: Number(layers), again, ...container };
  } finally {
    await execute('docker', [...client, 'rmi', '-f', tag], 60);
    if (host !== undefined) rmSync(host, { recursive: true, force: true });
  }
}

/** Without waiting for the interval that the image asks for. */
const SOON = ['--health-interval=1s', '--health-start-period=0s', '--health-retries=20'];

async function started(
  app: App,
  room: EngineRoom,
  tag: string,
  host: string | undefined,
): Promise<Pick<Seen, 'answers' | 'uid' | 'stopped'>> {
  const docker = (...args: readonly string[]): ReturnType<typeof need> =>
    need('docker', [...room.docker.client, ...args]);
  const health = (await docker('image', 'inspect', '-f', '{{json .Config.Healthcheck}}', tag)).trim() !== 'null';
  const mount = host === undefined ? [] : ['-v', `${host}:${app.mount}`];
  const options = [...(health ? SOON : []), ...mount];
  const id = (await docker('run', '-d', '--network', 'none', ...options, tag, ...(app.run ?? []))).trim();
  try {
    const log = async (): Promise<string> =>
      tail((await execute('docker', [...room.docker.client, 'logs', id], 30)).log);
    const pid = (await docker('inspect', '-f', '{{.State.Pid}}', id)).trim();
    const user = (await docker('inspect', '-f', '{{.Config.User}}', id)).trim();
    if (app.port === undefined) {
      const code = (await docker('wait', id)).trim();
      if (code !== '0') throw new Error(`it ended with ${code}\n${await log()}`);
      await left(app, docker, id);
      const { stdout } = await execute('docker', [...room.docker.client, 'logs', id], 30);
      return { answers: [stdout], uid: uidOf(user), stopped: undefined };
    }
    const answers: string[] = [];
    for (const path of app.asks ?? ['/']) answers.push(await ask(pid, app.port, path, answers.length === 0, log));
    await left(app, docker, id);
    const uid = Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
    if (health) await becomesHealthy(docker, id);
    await docker('stop', '--time', '4', id);
    const code = (await docker('inspect', '-f', '{{.State.ExitCode}}', id)).trim();
    return { answers, uid, stopped: code === '137' ? 'killed' : 'by itself' };
  } finally {
    await execute('docker', [...room.docker.client, 'rm', '-f', '-v', id], 60);
  }
}

/** Of what has ended by then: as the image says it. */
const uidOf = (user: string): number => (user === '' || user === 'root' ? 0 : Number.parseInt(user, 10) || 1);

async function ask(
  pid: string,
  port: number,
  path: string,
  isFirst: boolean,
  log: () => Promise<string>,
): Promise<string> {
  const url = `http://127.0.0.1:${port}${path}`;
  // From within the container's network: it has no other.
  for (let tries = isFirst ? 40 : 1; tries > 0; tries--) {
    const {
      code,
      stdout,
      log: said,
    } = await execute('nsenter', ['-t', pid, '-n', 'busybox', 'wget', '-q', '-O', '-', url], 10);
    if (code === 0) return stdout;
    if (tries === 1) throw new Error(`${path} is not answered: ${said}\n${await log()}`);
    await sleep(250);
  }
  throw new Error('unreachable');
}

async function left(app: App, docker: (...args: readonly string[]) => Promise<string>, id: string): Promise<void> {
  if (app.leaves === undefined) return;
  const changed = (await docker('diff', id)).split('\n').map(line => line.slice(2));
  for (const path of app.leaves) if (!changed.includes(path)) throw new Error(`it did not write ${path}`);
}

async function becomesHealthy(docker: (...args: readonly string[]) => Promise<string>, id: string): Promise<void> {
  for (let tries = 0; tries < 40; tries++) {
    const state = (await docker('inspect', '-f', '{{.State.Health.Status}}', id)).trim();
    if (state === 'healthy') return;
    if (state === 'unhealthy') break;
    await sleep(250);
  }
  throw new Error(`it is not healthy\n${await docker('inspect', '-f', '{{json .State.Health.Log}}', id)}`);
}

/** How many RUNs are carried out again when a source file has changed. */
async function rebuilt(
  source: string,
  room: EngineRoom,
  context: string,
  images: Awaited<ReturnType<EngineRoom['bases']['namedIn']>>,
): Promise<Seen['again']> {
  const file = join(context, source);
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, `${text}\n`);
  const { code, log } = await room.buildkit.build({ context, images });
  writeFileSync(file, text);
  if (code !== 0) throw new Error(`the second build failed\n${tail(log)}`);
  const steps = [...log.matchAll(/^#(\d+) \[[^\]]*\] RUN /gm)].map(([, number]) => number);
  const cached = new Set([...log.matchAll(/^#(\d+) CACHED/gm)].map(([, number]) => number));
  const all = [...new Set(steps)];
  return { run: all.filter(number => !cached.has(number)).length, of: all.length };
}

/** What a second stage may be of the first, at most: the bases here are smaller than the real ones. */
const STAGE_LEAVES = 0.8;

function compare(app: App, before: Seen | undefined, after: Seen, plan: HardenPlan): void {
  const wrong: string[] = [];
  if (before && JSON.stringify(before.answers) !== JSON.stringify(after.answers))
    wrong.push(`it answers ${JSON.stringify(after.answers)} instead of ${JSON.stringify(before.answers)}`);
  if (before?.stopped === 'by itself' && after.stopped === 'killed') wrong.push('it does not end when it is asked to');
  if (app.multiStage && before && after.bytes > before.bytes * STAGE_LEAVES)
    wrong.push(`${after.bytes} bytes are left of ${before.bytes}: ${JSON.stringify(plan.secondStage)}`);
  if (app.root !== undefined && before && before.uid !== after.uid) wrong.push(`it must not get a user: ${app.root}`);
  if (app.root === undefined && after.uid === 0)
    wrong.push(`it still runs as root: ${plan.left.map(({ message }) => message).join(' ')}`);
  if (wrong.length > 0) throw new Error(`${wrong.join('\n')}\n\nThe Dockerfile:\n${plan.after}`);
}
