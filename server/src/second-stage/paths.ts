import { absolutePath, baseName } from '../facts/files/transfer.js';
import type { BuildCommand, Needed, Started } from './types.js';

export const isBelow = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`);

/** A path of the build as a command names it; undefined where it is relative to a folder that nobody knows. */
export const pathIn = (path: string, workdir: string | undefined): string | undefined =>
  path.startsWith('/') || workdir !== undefined ? absolutePath(path, workdir) : undefined;

/** Folders of the builder's PATH that other images do not have in theirs. */
const OWN_FOLDERS = ['/go/bin', '/usr/local/cargo/bin'];
const FOLDERS = [...OWN_FOLDERS, '/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** The started program as a file that `isMade` by the build, at the place from which the container starts it. */
export function startedFile(
  { words, workdir }: Pick<Started, 'words' | 'workdir'>,
  isMade: (path: string) => boolean,
): Needed | undefined {
  const [program = ''] = words;
  if (program.includes('/')) {
    const path = pathIn(program, workdir);
    return path !== undefined && isMade(path) ? { from: path, to: path } : undefined;
  }
  const folder = FOLDERS.find(one => isMade(`${one}/${program}`));
  if (folder === undefined) return undefined;
  const from = `${folder}/${program}`;
  return { from, to: OWN_FOLDERS.includes(folder) ? `/usr/local/bin/${program}` : from };
}

/** Where `cp` and `mv` put something: the source, and the place. */
export interface Moved {
  readonly from: string;
  readonly to: string;
  readonly isGone: boolean;
}

/** `cp target/*.jar app.jar`, `mv build/x /usr/local/bin/`. */
export function movesIn(commands: readonly BuildCommand[]): readonly Moved[] {
  return commands.flatMap(({ command, workdir }) => {
    if (command.base !== 'cp' && command.base !== 'mv') return [];
    const operands = command.args.map(({ value }) => value).filter(value => !value.startsWith('-'));
    const target = operands.pop();
    if (target === undefined || /[$`]/.test(target)) return [];
    const isFolder = /(?:^|\/)\.?$/.test(target) || operands.length > 1;
    return operands.flatMap(source => {
      const from = pathIn(source, workdir);
      const to = pathIn(isFolder ? `${target}/${baseName(source)}` : target, workdir);
      return from === undefined || to === undefined ? [] : [{ from, to, isGone: command.base === 'mv' }];
    });
  });
}
