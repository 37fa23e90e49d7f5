import { dirname, join, relative, sep } from 'node:path';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { Input } from './inputs.js';
import type { Io } from './io.js';
import { style } from './style.js';

/**
 * The paths of inputs in one diff. `git apply` takes none that leads upwards, so with a file outside of the current folder
 * all are relative to the nearest folder that holds everything, which is said.
 */
export function diffPaths(inputs: readonly Input[], io: Pick<Io, 'cwd' | 'err'>): (input: Input) => string {
  const files = inputs.filter(({ kind }) => kind === 'file');
  let base = io.cwd;
  while (dirname(base) !== base && !files.every(({ folder }) => `${folder}${sep}`.startsWith(base + sep)))
    base = dirname(base);
  if (base !== io.cwd) io.err(`dockwright: the paths in the diff are those in ${base}: apply it there.\n`);
  return ({ kind, path, folder, name }) => (kind === 'file' ? relative(base, join(folder, name)) : path);
}

/** A unified diff that `git apply` and `patch -p1` understand; empty when nothing changed. */
export function unifiedDiff(path: string, before: string, after: string, color: boolean): string {
  if (before === after) return '';
  const shown = path.replaceAll('\\', '/');
  const [from, to] = /^(?:\/|[a-zA-Z]:)/.test(shown) ? [shown, shown] : [`a/${shown}`, `b/${shown}`];
  const patch = createTwoFilesPatch(from, to, before, after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
  return color ? patch.split('\n').map(colored).join('\n') : patch;
}

function colored(line: string): string {
  if (line.startsWith('---') || line.startsWith('+++')) return style('bold', line);
  if (line.startsWith('@@')) return style('cyan', line);
  if (line.startsWith('+')) return style('green', line);
  return line.startsWith('-') ? style('red', line) : line;
}
