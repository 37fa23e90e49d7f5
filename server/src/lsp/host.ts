import type { ShellcheckFactory } from './shellcheck.js';

/** What the platform gives to the server. Every function may fail softly: undefined means "not known", never an exception. */
export interface Host {
  readonly version: string;
  /** The text of a file, or undefined when it does not exist or cannot be read. */
  readonly readFile: (uri: string) => Promise<string | undefined>;
  /** Names and kinds in a folder. */
  readonly readDirectory: (uri: string) => Promise<readonly (readonly [string, 'file' | 'directory'])[] | undefined>;
  /** Tells when a file with a wanted name in a folder was written, created or deleted, until the result is called. */
  readonly watchFolder?: (
    uri: string,
    isWanted: (name: string) => boolean,
    changed: () => void,
  ) => (() => void) | undefined;
  /** Starts the ShellCheck worker on first use; undefined where it is not built in. */
  readonly shellcheck: ShellcheckFactory | undefined;
  /** Does some work after the messages that have arrived already. */
  readonly later: (work: () => void) => void;
}
