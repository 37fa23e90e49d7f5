import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { filesAround } from '../../server/src/cli/compose-file.js';
import { type HardenPlan, planComposeHarden } from '../../server/src/harden/index.js';
import type { EngineRoom } from '../engine-room/room.js';
import { execute, need, tail } from '../lib/execute.js';
import { writeFiles } from '../proof/observe.js';
import type { Question, Stack } from './stack.js';

export interface CheckedStack {
  readonly stack: Stack;
  /** The titles of what Harden changed. */
  readonly applied: readonly string[];
  /** How many containers had each protection when they ran, after Harden, of all. */
  readonly protections: Protections;
}

export interface Protections {
  readonly containers: number;
  readonly noCapabilities: number;
  readonly readOnly: number;
  readonly noNewPrivileges: number;
}

/** What was seen of a stack. */
interface Seen {
  readonly answers: readonly string[];
  readonly printed: readonly string[];
  readonly protections: Protections;
}

/** `docker compose`, as a program of its own, asked about one project. */
type Compose = (...args: readonly string[]) => Promise<string>;

/** Starts a stack before and after Harden. Throws with what is not as before. */
export async function checkStack(stack: Stack, room: EngineRoom, program: string): Promise<CheckedStack> {
  const folder = mkdtempSync(join(tmpdir(), 'dockwright-stack-'));
  const project = `dockwright-${stack.name}`;
  const compose: Compose = (...args) =>
    need('env', [
      `DOCKER_HOST=${room.docker.client[1]}`,
      program,
      ...['--project-directory', folder, '--progress', 'quiet', '--profile', '*', '-p', project, ...args],
    ]);
  try {
    writeFiles(folder, stack.files);
    const services = await buildImages(folder, project, room, compose);
    const before = await see(stack, services, room, compose);
    const text = stack.files['compose.yaml'] ?? '';
    const plan = planComposeHarden({ text, path: 'compose.yaml', beside: filesAround(folder) }, {});
    // Anew: the first run may have written into folders that are mounted.
    rmSync(folder, { recursive: true });
    writeFiles(folder, { ...stack.files, 'compose.yaml': plan.after });
    const after = await see(stack, services, room, compose).catch((error: unknown) => {
      throw new Error(`${error instanceof Error ? error.message : String(error)}\n\ncompose.yaml:\n${plan.after}`);
    });
    compare(before, after, plan);
    return { stack, applied: plan.applied.map(({ title }) => title), protections: after.protections };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Build {
  readonly context: string;
  readonly dockerfile?: string;
  readonly dockerfile_inline?: string;
  readonly target?: string;
  readonly args?: Readonly<Record<string, string>>;
}

interface Config {
  readonly services: Readonly<Record<string, { readonly image?: string; readonly build?: Build }>>;
}

/** Builds or brings what each service runs, under the name that Compose looks for. Returns the services. */
async function buildImages(
  folder: string,
  project: string,
  room: EngineRoom,
  compose: Compose,
): Promise<readonly string[]> {
  const { services }: Config = JSON.parse(await compose('config', '--format', 'json'));
  const scratch = mkdtempSync(join(folder, 'images-'));
  for (const [name, { image, build }] of Object.entries(services)) {
    const inline = build?.dockerfile_inline ?? (build ? undefined : `FROM ${image}\n`);
    const dockerfileFolder = inline === undefined ? (build?.context ?? folder) : scratch;
    if (inline !== undefined) writeFileSync(join(scratch, 'Dockerfile'), inline);
    const filename = inline === undefined ? (build?.dockerfile ?? 'Dockerfile') : 'Dockerfile';
    const images = await room.bases.namedIn(readFileSync(join(dockerfileFolder, filename), 'utf8'));
    const { target, args } = build ?? {};
    const built = await room.buildImage(
      {
        context: build?.context ?? scratch,
        dockerfileFolder,
        filename,
        images,
        ...(target === undefined ? {} : { target }),
        ...(args === undefined ? {} : { args }),
      },
      image ?? `${project}-${name}`,
    );
    if (built.code !== 0) throw new Error(`${name} cannot be built\n${tail(built.log)}`);
  }
  rmSync(scratch, { recursive: true });
  return Object.keys(services);
}

async function see(stack: Stack, services: readonly string[], room: EngineRoom, compose: Compose): Promise<Seen> {
  const { jobs = [], asks = [] } = stack;
  const stay = services.filter(name => !jobs.includes(name));
  const up = ['up', '-d', '--no-build', '--pull', 'never'];
  try {
    if (stay.length > 0) await compose(...up, '--wait', '--wait-timeout', '60', ...stay);
    if (jobs.length > 0) await compose(...up, ...jobs);
    const printed: string[] = [];
    for (const job of jobs) printed.push(await printedBy(job, room, compose));
    const answers: string[] = [];
    for (const question of asks) answers.push(await ask(question, room, compose));
    return { answers, printed, protections: await protectionsOf(room, compose) };
  } catch (error) {
    const logs = await compose('logs', '--tail', '20').catch(() => '');
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${tail(logs)}`);
  } finally {
    await compose('down', '--volumes', '--timeout', '4');
  }
}

async function printedBy(job: string, room: EngineRoom, compose: Compose): Promise<string> {
  const id = (await compose('ps', '-aq', job)).trim();
  const code = (await need('docker', [...room.docker.client, 'wait', id])).trim();
  if (code !== '0') throw new Error(`${job} ended with ${code}`);
  return need('docker', [...room.docker.client, 'logs', id]);
}

async function ask({ service, port, path = '/' }: Question, room: EngineRoom, compose: Compose): Promise<string> {
  const [id = ''] = (await compose('ps', '-q', service)).split('\n');
  const pid = (await need('docker', [...room.docker.client, 'inspect', '-f', '{{.State.Pid}}', id])).trim();
  const url = `http://127.0.0.1:${port}${path}`;
  for (let tries = 40; ; tries--) {
    const asked = ['-t', pid, '-n', 'busybox', 'wget', '-q', '-O', '-', url];
    const { code, stdout, log } = await execute('nsenter', asked, 20);
    if (code === 0) return stdout;
    if (tries === 1) throw new Error(`${service} does not answer ${path}: ${log}`);
    await sleep(250);
  }
}

async function protectionsOf(room: EngineRoom, compose: Compose): Promise<Protections> {
  const ids = (await compose('ps', '-aq')).split('\n').filter(id => id !== '');
  const format = '{{.RestartCount}} {{json .HostConfig}}';
  const lines = (await need('docker', [...room.docker.client, 'inspect', '-f', format, ...ids])).trim().split('\n');
  const hosts = lines.map(line => {
    const [restarts = '', ...rest] = line.split(' ');
    if (restarts !== '0') throw new Error('a container had to be started again');
    const host: { CapDrop?: string[] | null; ReadonlyRootfs?: boolean; SecurityOpt?: string[] | null } = JSON.parse(
      rest.join(' '),
    );
    return host;
  });
  const count = (has: (host: (typeof hosts)[number]) => boolean | undefined): number => hosts.filter(has).length;
  return {
    containers: hosts.length,
    noCapabilities: count(({ CapDrop }) => CapDrop?.includes('ALL')),
    readOnly: count(({ ReadonlyRootfs }) => ReadonlyRootfs),
    noNewPrivileges: count(({ SecurityOpt }) => SecurityOpt?.some(option => option.startsWith('no-new-privileges'))),
  };
}

function compare(before: Seen, after: Seen, plan: HardenPlan): void {
  const of = ({ answers, printed }: Seen): string => JSON.stringify({ answers, printed });
  if (of(before) !== of(after))
    throw new Error(`it says ${of(after)} instead of ${of(before)}\n\ncompose.yaml:\n${plan.after}`);
}
