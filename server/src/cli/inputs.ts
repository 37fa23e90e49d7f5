import { statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isComposeName } from '../../../shared/src/compose-names.js';
import { isDockerfileName } from '../../../shared/src/dockerfile-names.js';
import { isComposeFile } from '../compose/index.js';
import { KEYWORDS, parseDockerfile } from '../dockerfile/index.js';
import type { Arguments } from './args.js';
import { discover } from './discover.js';
import { type Io, UsageError } from './io.js';
import { decode, type ReadText, readTextFile } from './read-text.js';

/** One thing to look at: a file, or standard input under a name. */
export interface Input {
  /** As given; for standard input the name given for it. */
  readonly path: string;
  readonly kind: 'file' | 'stdin' | 'nothing';
  /** Absolute. Standard input is in the current folder, or where its name says. */
  readonly folder: string;
  readonly name: string;
  /** With `binary`, a file with NUL characters is read too. */
  readonly read: (binary?: boolean) => Promise<ReadText>;
}

/**
 * The inputs of a command that checks or fixes; what leads to nothing is an input that cannot be read. What was named but
 * is something else, as by `lint *`, is left out and said.
 */
export function dockerfilesOf(positionals: readonly string[], args: Arguments, io: Io, what = DOCKERFILES): Input[] {
  const name = args.value('stdin-filename');
  if (name !== undefined && !positionals.includes('-'))
    throw new UsageError('--stdin-filename says what to call standard input: add - to read it.');
  const inputs = inputsOf(positionals, io, name, what.isNamed).filter(input => {
    if (!isSomethingElse(input, what)) return true;
    io.err(`dockwright: ${input.path} was left out: it is not a ${what.called}.\n`);
    return false;
  });
  if (inputs.length === 0) {
    const message = `no ${what.called} found in ${placesOf(positionals)}`;
    if (!args.has('allow-no-files')) throw new UsageError(`${message}. Is that right? Then add --allow-no-files.`);
    io.err(`dockwright: ${message}.\n`);
  }
  return inputs;
}

/** The kinds of files that a command takes. */
interface Kinds {
  readonly called: string;
  readonly isNamed: (name: string) => boolean;
  readonly takesCompose: boolean;
}

const DOCKERFILES: Kinds = { called: 'Dockerfile', isNamed: isDockerfileName, takesCompose: false };
export const DOCKERFILES_AND_COMPOSE: Kinds = {
  called: 'Dockerfile or Compose file',
  isNamed: name => isDockerfileName(name) || isComposeName(name),
  takesCompose: true,
};

const placesOf = (positionals: readonly string[]): string =>
  positionals
    .filter(path => !path.startsWith('!'))
    .map(path => (path === '.' ? 'the current folder' : `“${path}”`))
    .join(', ');

/** The inputs that a command line names. */
export function inputsOf(
  positionals: readonly string[],
  io: Io,
  stdinName?: string,
  isNamed: (name: string) => boolean = isDockerfileName,
): Input[] {
  const { files, failures } = discover(positionals, io.cwd, isNamed);
  const inputs = files.map(({ path, folder, name }): Input => {
    if (path === '-') return standardInput(io, stdinName);
    return { path, kind: 'file', folder, name, read: async binary => readTextFile(join(folder, name), binary) };
  });
  const broken = failures.map(
    ({ path, error }): Input => ({
      path,
      kind: 'nothing',
      folder: io.cwd,
      name: path,
      read: () => Promise.resolve({ error }),
    }),
  );
  return [...inputs, ...broken];
}

/** Neither the name nor any instruction speaks for a Dockerfile, and something in it speaks against it. */
function isSomethingElse({ kind, folder, name }: Input, { isNamed, takesCompose }: Kinds): boolean {
  if (kind !== 'file' || isNamed(name)) return false;
  const path = join(folder, name);
  // A pipe can be read only once.
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false;
  const read = readTextFile(path);
  if ('error' in read) return false;
  if (isComposeFile(name, read.text)) return !takesCompose;
  const keywords = new Set(parseDockerfile(read.text).instructions.map(({ instruction }) => instruction.keyword));
  return !keywords.has('FROM') && [...keywords].some(keyword => !isKeyword(keyword));
}

const isKeyword = (word: string): boolean => KEYWORDS.some(keyword => keyword === word);

export function standardInput(io: Io, name: string | undefined): Input {
  const absolute = resolve(io.cwd, name ?? 'Dockerfile');
  return {
    path: name ?? '-',
    kind: 'stdin',
    folder: dirname(absolute),
    name: basename(absolute),
    read: async binary => decode(await io.readStdin(), binary),
  };
}

/** The absolute path of an input. */
export const sourceOf = ({ folder, name }: Pick<Input, 'folder' | 'name'>): string => join(folder, name);

/** For commands that do nothing without being told on what. */
export function needPaths(positionals: readonly string[], command: string): void {
  if (positionals.length === 0) throw new UsageError(`${command} needs a PATH, or - for standard input.`);
}
