import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execute, need, type Outcome, type Started, start } from '../lib/execute.js';
import { at, healthCommand, listAt, textAt, textsAt } from '../lib/json.js';
import type { Container, Engine, Image } from './engine.js';

/** A static program with `id`, for images that have nothing. */
const PROBE_IMAGE = 'docker.io/library/busybox:1.37-musl';

/** What differs between the engines that answer to Docker's commands. */
export interface Client {
  readonly name: string;
  readonly realBases: boolean;
  readonly command: 'docker' | 'podman';
  /** What is before the name of a command. */
  readonly options: readonly string[];
  /** How a port of a container becomes one of this machine. */
  readonly publish: (port: number) => readonly string[];
  /** A static busybox. */
  readonly probe: string;
  readonly build: Engine['build'];
  readonly close: Engine['close'];
}

/** The Docker or Podman of this machine; undefined when there is none that can build and run. */
export async function openDocker(command: 'docker' | 'podman'): Promise<Engine | undefined> {
  if ((await execute(command, ['info'], 30)).code !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'dockwright-builds-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const probe = join(folder, 'busybox');
  if (!(await works(command, folder, probe))) return undefined;
  const version = (await need(command, ['version', '--format', '{{.Client.Version}}'])).trim();
  const format = command === 'podman' ? ['--format', 'docker'] : [];
  return engineOf({
    name: `${command} ${version}`,
    realBases: true,
    command,
    options: [],
    publish: port => ['-p', `127.0.0.1:${port}:${port}`],
    probe,
    build: (context, dockerfile, tag) => execute(command, ['build', ...format, '-f', dockerfile, '-t', tag, context]),
    close: async () => {},
  });
}

/** What is done with images and containers; `client` says with which engine. */
export function engineOf(client: Client): Engine {
  const { command, options, probe } = client;
  const folder = mkdtempSync(join(tmpdir(), 'dockwright-builds-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const docker = (...args: readonly string[]): Promise<string> => need(command, [...options, ...args], 120);
  const ask = (...args: readonly string[]): Promise<Outcome> => execute(command, [...options, ...args], 120);

  const inspect = async (tag: string): Promise<Image> => {
    const [image] = listAt({ images: JSON.parse(await docker('image', 'inspect', tag)) }, 'images');
    const config = at(image, 'Config');
    const health = textsAt(config, 'Healthcheck', 'Test');
    return {
      bytes: Number(at(image, 'Size')),
      layers: listAt(image, 'RootFS', 'Layers').length,
      user: textAt(config, 'User'),
      command: [...textsAt(config, 'Entrypoint'), ...textsAt(config, 'Cmd')],
      health: healthCommand(health.length > 0 ? health : textsAt(image, 'Healthcheck', 'Test')),
    };
  };

  const container = async (tag: string): Promise<Container> => {
    const used: string[] = [];
    let serving: string | undefined;
    const once = (argv: readonly string[], ...flags: readonly string[]): string[] => {
      const [program = '', ...rest] = argv;
      return ['run', '--rm', ...flags, '--entrypoint', program, tag, ...rest];
    };
    const run = (argv: readonly string[]): Promise<Outcome> =>
      ask(...(serving === undefined ? once(argv) : ['exec', serving, ...argv]));
    return {
      run,
      uid: async () =>
        Number(await docker(...once(['/busybox-probe', 'id', '-u'], '--volume', `${probe}:/busybox-probe:ro`))),
      serve: async (port): Promise<Started> => {
        const id = (await docker('run', '-d', ...client.publish(port), tag)).trim();
        used.push(id);
        serving = id;
        const logs = start(command, [...options, 'logs', '-f', id], 120);
        return {
          ended: logs.ended,
          stop: async () => {
            await ask('rm', '-f', id);
            serving = undefined;
            return logs.stop();
          },
        };
      },
      root: async () => {
        const id = (await docker('create', tag, '/none')).trim();
        used.push(id);
        const root = mkdtempSync(join(folder, 'root-'));
        const tar = join(folder, `${id}.tar`);
        await docker('export', '-o', tar, id);
        await need('tar', ['-xf', tar, '-C', root, '--no-same-owner', '--exclude=dev/*']);
        rmSync(tar);
        return root;
      },
      remove: async () => {
        for (const id of used) await ask('rm', '-f', id);
      },
    };
  };

  return {
    name: client.name,
    realBases: client.realBases,
    build: client.build,
    close: client.close,
    inspect,
    container,
    remove: async tag => {
      await ask('rmi', '-f', tag);
    },
  };
}

/** Some engines answer and can run nothing. */
async function works(command: string, folder: string, probe: string): Promise<boolean> {
  const made = await execute(command, ['create', PROBE_IMAGE], 120);
  const id = made.stdout.trim();
  if (made.code !== 0) return false;
  const copied = await execute(command, ['cp', `${id}:/bin/busybox`, probe], 60);
  await execute(command, ['rm', '-f', id], 60);
  if (copied.code !== 0) return false;
  const file = join(folder, 'Dockerfile');
  writeFileSync(file, 'FROM scratch\nCOPY busybox /busybox\nCMD ["/busybox", "true"]\n');
  const tag = 'localhost/dockwright-works';
  const built = await execute(command, ['build', '-f', file, '-t', tag, folder], 120);
  const ran = built.code === 0 ? await execute(command, ['run', '--rm', tag], 60) : built;
  await execute(command, ['rmi', '-f', tag], 60);
  return ran.code === 0;
}
