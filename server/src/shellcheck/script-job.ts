import type { Joined, Placed } from '../dockerfile/index.js';
import type { LintRequest } from './runner.js';

/** The shells that may run a script: one where the image is known, else all that `/bin/sh` may be. */
export type PossibleShell = 'dash' | 'busybox' | 'bash' | 'dash, perhaps' | 'unknown';

/** One script of a file for ShellCheck, with the way back. */
export interface ShellJob {
  readonly placed: Placed;
  readonly source: Joined;
  /** The same object for the same script in the same surroundings. */
  readonly request: LintRequest;
  /** Codes that say nothing true about this script. */
  readonly off: readonly number[];
  readonly shell: PossibleShell;
  /** What the base image sets is known. */
  readonly knowsImage: boolean;
}
