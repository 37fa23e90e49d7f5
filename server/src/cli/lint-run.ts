import type { Input } from './inputs.js';
import type { Io } from './io.js';
import type { LintMode } from './lint-file.js';
import { type FileOutcome, lintFiles } from './lint-files.js';
import type { Settled } from './load-config.js';

/** What is asked of a run over files. */
export interface RunRequest extends Omit<LintMode, 'scripts'> {
  readonly wantsShellcheck: boolean;
  /** What ShellCheck says of scripts is read from the last run, and kept for the next. */
  readonly keepsScripts: boolean;
  /** Threads at most. */
  readonly jobs: number;
}

export interface LintRun {
  readonly outcomes: readonly FileOutcome[];
  /** ShellCheck was wanted and cannot run, which has been said. */
  readonly isShellcheckMissing: boolean;
}

/** Starts ShellCheck where it is wanted, lints the files, and ends it again. */
export async function runLint(
  inputs: readonly Input[],
  settled: ReadonlyMap<string, Settled>,
  { wantsShellcheck, keepsScripts, jobs, ...rest }: RunRequest,
  io: Io,
): Promise<LintRun> {
  let isShellcheckMissing = false;
  const onUnavailable = (reason: string): void => {
    // Each thread has its own; it is said once.
    if (!isShellcheckMissing)
      io.err(
        `dockwright: ShellCheck cannot be started, so scripts were not checked: ${reason}\nAdd --no-shellcheck to do without.\n`,
      );
    isShellcheckMissing = true;
  };
  const isWanted =
    io.shellcheck !== undefined && wantsShellcheck && [...settled.values()].some(({ shellcheck }) => shellcheck.enable);
  const scripts = isWanted ? (keepsScripts ? 'kept' : 'checked') : 'unchecked';
  const shellcheck = isWanted ? io.shellcheck?.(onUnavailable, keepsScripts) : undefined;
  try {
    const mode: LintMode = { ...rest, scripts };
    const outcomes = await lintFiles(inputs, settled, { ...mode, shellcheck, onUnavailable, jobs, io });
    return { outcomes, isShellcheckMissing };
  } finally {
    shellcheck?.cache?.save();
    shellcheck?.dispose();
  }
}
