import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const IS_WINDOWS = process.platform === 'win32';

export interface Said {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

interface Surroundings {
  readonly cwd: string;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program to its end. */
export function run(command: string, args: readonly string[], { cwd, input = '', env = {} }: Surroundings): Said {
  const shell = IS_WINDOWS && command === 'npm';
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    input,
    encoding: 'utf8',
    timeout: 240_000,
    shell,
  });
  return { status, out: stdout, err: stderr };
}

/** The sources as a clone has them: without what was built or installed. */
function clone(folder: string): string {
  const left = new Set(['node_modules', 'dist', 'out', '.git']);
  mkdirSync(folder);
  for (const name of readdirSync(ROOT))
    if (!left.has(name) && !name.endsWith('.vsix')) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return folder;
}

/** Packs a clone of the sources into a folder; gives the package. */
export function packInto(folder: string): string {
  const pack = run('npm', ['pack', '--pack-destination', folder], { cwd: clone(join(folder, 'clone')) });
  const name = readdirSync(folder).find(file => file.endsWith('.tgz'));
  if (pack.status !== 0 || name === undefined) throw new Error(`npm pack failed: ${pack.err}`);
  return join(folder, name);
}
