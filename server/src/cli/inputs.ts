import { basename, dirname, resolve } from 'node:path';
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
  const { paths, failures } = discover(positionals, io.cwd);
  if (paths.length === 0 && failures.length === 0 && positionals.length > 0) {
    io.err(`dockwright: there is no Dockerfile in ${positionals.join(', ')}.\n`);
  }
  const inputs = paths.map((path): Input => {
    const isStdin = path === '-';
    const absolute = resolve(io.cwd, isStdin ? (stdinName ?? 'Dockerfile') : path);
    return {
      path: isStdin ? (stdinName ?? '-') : path,
      kind: isStdin ? 'stdin' : 'file',
      folder: dirname(absolute),
      name: basename(absolute),
      read: async binary => (isStdin ? decode(await io.readStdin(), binary) : readTextFile(absolute, binary)),
    };
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

/** For commands that do nothing without being told on what. */
export function needPaths(positionals: readonly string[], command: string): void {
  if (positionals.length === 0) throw new UsageError(`${command} needs a PATH, or - for standard input.`);
}
