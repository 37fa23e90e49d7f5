import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Container, Engine, Image } from './engine.js';
import { execute, need, type Outcome, type Started, start } from './execute.js';
import { at, healthCommand, listAt, textAt, textsAt } from './json.js';

/** A static program with `id`, for images that have nothing. */
const PROBE_IMAGE = 'docker.io/library/busybox:1.37-musl';

/** Docker or Podman; undefined when there is none that can build and run. */
export async function openDocker(command: 'docker' | 'podman'): Promise<Engine | undefined> {
  if ((await execute(command, ['info'], 30)).code !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'dockwright-builds-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const probe = join(folder, 'busybox');
  if (!(await works(command, folder, probe))) return undefined;
  const version = (await need(command, ['version', '--format', '{{.Client.Version}}'])).trim();

  const inspect = async (tag: string): Promise<Image> => {
    const [image] = listAt({ images: JSON.parse(await need(command, ['image', 'inspect', tag])) }, 'images');
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
      execute(command, serving === undefined ? once(argv) : ['exec', serving, ...argv], 120);
    return {
      run,
      print: run,
      uid: async () =>
        Number(await need(command, once(['/busybox-probe', 'id', '-u'], '--volume', `${probe}:/busybox-probe:ro`), 60)),
      serve: async (port): Promise<Started> => {
        const id = (await need(command, ['run', '-d', '-p', `127.0.0.1:${port}:${port}`, tag])).trim();
        used.push(id);
        serving = id;
        const logs = start(command, ['logs', '-f', id], 120);
        return {
          ended: logs.ended,
          stop: async () => {
            await execute(command, ['rm', '-f', id], 60);
            serving = undefined;
            return logs.stop();
          },
        };
      },
      root: async () => {
        const id = (await need(command, ['create', tag, '/none'])).trim();
        used.push(id);
        const root = mkdtempSync(join(folder, 'root-'));
        const tar = join(folder, `${id}.tar`);
        await need(command, ['export', '-o', tar, id]);
        await need('tar', ['-xf', tar, '-C', root, '--no-same-owner', '--exclude=dev/*']);
        rmSync(tar);
        return root;
      },
      remove: async () => {
        for (const id of used) await execute(command, ['rm', '-f', id], 60);
      },
    };
  };

  return {
    name: `${command} ${version}`,
    realBases: true,
    heredocs: true,
    build: (context, dockerfile, tag) =>
      execute(command, [
        'build',
        ...(command === 'podman' ? ['--format', 'docker'] : []),
        ...['-f', dockerfile, '-t', tag, context],
      ]),
    inspect,
    container,
    remove: async tag => {
      await execute(command, ['rmi', '-f', tag], 60);
    },
    close: async () => {},
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
