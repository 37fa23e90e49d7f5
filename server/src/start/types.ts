import type { ShellCommand } from '../shell/index.js';

/** A line that shows something, and where it is: `CMD`, `docker/entrypoint.sh`, `package.json`. */
export interface Evidence {
  readonly where: string;
  readonly line: string;
}

/** One command that the start of a container carries out, in the order of the text. */
export interface Step {
  /** The name without folders; empty where only the container knows it, and for redirections that are no program's. */
  readonly program: string;
  /** As the start names it, variables replaced as far as they are known. */
  readonly path: string;
  /** Undefined for an argument that only the container knows. */
  readonly args: readonly (string | undefined)[];
  readonly command: ShellCommand | undefined;
  /** Where relative paths begin; undefined after a `cd` to somewhere unknown. */
  readonly workdir: string | undefined;
  /** The start goes on without it: `|| true`, and what is tested by `if`. */
  readonly isTolerated: boolean;
  readonly isBackground: boolean;
  /** Files that its redirections write to; undefined for one that only the container knows. */
  readonly redirected: readonly (string | undefined)[];
  readonly evidence: Evidence;
}

/** What the start of a container is known to do. */
export interface StartReading {
  readonly steps: readonly Step[];
  /** What was read beside the Dockerfile, by its path in the build context. */
  readonly read: readonly string[];
  /** Scripts that it runs and whose text is not known. */
  readonly unread: readonly Evidence[];
  /** A script ends when it is not started by root. */
  readonly wantsRoot: Evidence | undefined;
  /** The texts of the scripts that were read. */
  readonly texts: readonly string[];
  /** The first argument decides which of several programs runs. */
  readonly hasRoles: boolean;
}
