import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Container, Engine, Image } from './engine.js';
import { execute, need, type Outcome, start, tail } from './execute.js';
import { at, healthCommand, listAt, textAt, textsAt } from './json.js';

/** A static program with `id`, for images that have nothing. */
const PROBE = '/busybox-probe';
const BUSYBOX = '/bin/busybox';

export interface Buildah extends Engine {
  /** Makes an image of a folder. */
  readonly importFolder: (folder: string, tag: string, command: readonly string[]) => Promise<void>;
  readonly has: (tag: string) => Promise<boolean>;
  readonly tag: (image: string, name: string) => Promise<void>;
  /** As {@link build}, with one layer for the whole Dockerfile. */
  readonly buildFlat: (context: string, dockerfile: string, tag: string) => Promise<void>;
}

/** Debian's buildah without a daemon, as root; its images are kept apart from all others of this machine. */
export async function openBuildah(storage: string): Promise<Buildah> {
  const [, version = ''] = /version (\S+)/.exec(await need('buildah', ['--version'])) ?? [];
  const runRoot = mkdtempSync(join(tmpdir(), 'dockwright-builds-'));
  process.on('exit', () => rmSync(runRoot, { recursive: true, force: true }));
  const driver = await workingDriver(storage, runRoot);
  const common = ['--root', join(storage, driver), '--runroot', runRoot, '--storage-driver', driver];
  const buildah = (...args: readonly string[]): Promise<string> => need('buildah', [...common, ...args]);

  const inspect = async (tag: string): Promise<Image> => {
    const image: unknown = JSON.parse(await buildah('inspect', '--type', 'image', tag));
    const manifest: unknown = JSON.parse(textAt(image, 'Manifest'));
    const layers = listAt(manifest, 'layers');
    const config = at(image, 'Docker', 'config');
    return {
      bytes: layers.reduce<number>((sum, layer) => sum + Number(at(layer, 'size')), 0),
      layers: layers.length,
      user: textAt(config, 'User'),
      command: [...textsAt(config, 'Entrypoint'), ...textsAt(config, 'Cmd')],
      health: healthCommand(textsAt(config, 'Healthcheck', 'Test')),
    };
  };

  const container = async (tag: string): Promise<Container> => {
    const id = (await buildah('from', '--pull-never', tag)).trim();
    const args = (command: readonly string[], ...flags: readonly string[]): string[] => [
      ...common,
      ...['run', '--isolation', 'chroot', ...flags, id, '--', ...command],
    ];
    return {
      run: command => execute('buildah', args(command), 120),
      print: command => agreed(() => execute('buildah', args(command), 120)),
      uid: async () => {
        const probe = args([PROBE, 'id', '-u'], '--volume', `${BUSYBOX}:${PROBE}:ro`);
        const { code, stdout, log } = await agreed(() => execute('buildah', probe, 60));
        if (code !== 0 || !/^\d+$/.test(stdout.trim())) throw new Error(`The uid is not known.\n${tail(log)}`);
        return Number(stdout);
      },
      serve: async () => start('buildah', args((await inspect(tag)).command), 120),
      root: async () => (await buildah('mount', id)).trim(),
      remove: async () => {
        await buildah('rm', id);
      },
    };
  };

  const file = ['bud', '--force-rm', '--pull-never', '--isolation', 'chroot', '--format', 'docker'];
  return {
    name: `buildah ${version} (chroot, ${driver})`,
    realBases: false,
    // Since 1.33.
    heredocs: atLeast(version, 1, 33),
    build: (context, dockerfile, tag) =>
      execute('buildah', [...common, ...file, '--layers', '-f', dockerfile, '-t', tag, context]),
    inspect,
    container,
    remove: async tag => {
      await execute('buildah', [...common, 'rmi', '-f', tag]);
    },
    close: async () => {
      // The storage is this test's own, so all of it may go: what failed builds left, and the stages of builders.
      await execute('buildah', [...common, 'rm', '--all'], 60);
      await execute('buildah', [...common, 'rmi', '--prune', '--force'], 60);
      // The driver mounts its own folder, which would keep the cache from being deleted.
      await execute('umount', [join(storage, driver, driver)], 60);
    },
    importFolder: async (folder, tag, command) => {
      const id = (await buildah('from', 'scratch')).trim();
      await buildah('add', '-q', id, folder, '/');
      await buildah('config', '--cmd', JSON.stringify(command), id);
      await buildah('commit', '-q', '--rm', id, tag);
    },
    has: async tag => (await execute('buildah', [...common, 'inspect', '--type', 'image', tag])).code === 0,
    tag: async (image, name) => {
      await buildah('tag', image, name);
    },
    buildFlat: async (context, dockerfile, tag) => {
      // Its version 1.28 takes --force-rm only beside one of --layers, which is not meant here, and --no-cache.
      await buildah(...file, '--no-cache', '-f', dockerfile, '-t', tag, context);
    },
  };
}

/** Now and then buildah 1.28 ends before it has passed on what a short program printed: two answers have to agree. */
async function agreed(run: () => Promise<Outcome>): Promise<Outcome> {
  let last = await run();
  for (let more = 0; more < 5 && last.code === 0; more++) {
    const next = await run();
    if (next.stdout !== '' && next.stdout === last.stdout) return next;
    last = next;
  }
  return last;
}

/** `overlay` where the kernel lets us, which is twice as fast; `vfs` works everywhere. */
async function workingDriver(storage: string, runRoot: string): Promise<'overlay' | 'vfs'> {
  const folder = join(storage, 'overlay');
  mkdirSync(folder, { recursive: true });
  const common = ['--root', folder, '--runroot', runRoot, '--storage-driver', 'overlay'];
  const made = await execute('buildah', [...common, 'from', 'scratch'], 60);
  const id = made.stdout.trim();
  if (made.code !== 0 || id === '') return 'vfs';
  const mounted = await execute('buildah', [...common, 'mount', id], 60);
  await execute('buildah', [...common, 'rm', id], 60);
  return mounted.code === 0 ? 'overlay' : 'vfs';
}

function atLeast(version: string, major: number, minor: number): boolean {
  const [left = 0, right = 0] = version.split('.').map(Number);
  return left > major || (left === major && right >= minor);
}
