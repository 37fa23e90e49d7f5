import { basename, dirname, join, resolve } from 'node:path';
import { discover } from './discover.js';
import { type Io, UsageError } from './io.js';
import { decode, type ReadText, readTextFile } from './read-text.js';

/** One thing to look at: a file, or standard input under a name. */
export interface Input {
  /** As given; for standard input the name given for it. */
  readonly path: string;
  readonly kind: 'file' | 'stdin' | 'nothing';
  /** Absolute. Standard input lies in the current folder, or where its name says. */
  readonly folder: string;
  readonly name: string;
  /** With `binary`, a file with NUL characters is read too. */
  readonly read: (binary?: boolean) => Promise<ReadText>;
}

/** The inputs that a command line names; what leads to nothing is an input that cannot be read. */
export function inputsOf(positionals: readonly string[], io: Io, stdinName: string | undefined): Input[] {
  const { files, failures } = discover(positionals, io.cwd);
  if (files.length === 0 && failures.length === 0 && positionals.length > 0) {
    io.err(`dockwright: there is no Dockerfile in ${positionals.join(', ')}.\n`);
  }
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

function standardInput(io: Io, name: string | undefined): Input {
  const absolute = resolve(io.cwd, name ?? 'Dockerfile');
  return {
    path: name ?? '-',
    kind: 'stdin',
    folder: dirname(absolute),
    name: basename(absolute),
    read: async binary => decode(await io.readStdin(), binary),
  };
}

/** For commands that do nothing without being told on what. */
export function needPaths(positionals: readonly string[], command: string): void {
  if (positionals.length === 0) throw new UsageError(`${command} needs a PATH, or - for standard input.`);
}
