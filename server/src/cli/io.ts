import type { Shellcheck } from './shellchecked.js';
import type { Briefing } from './team-worker.js';

/** Everything the command line needs of its surroundings, so that tests can run it in process. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  readonly readStdin: () => Promise<Uint8Array>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Standard output is a terminal. */
  readonly isTerminal: boolean;
  /** Tells whoever looks at a terminal how far a run is. */
  readonly progress?: (done: number, total: number) => void;
  /** Resolves when something in the current folder or below has changed; to false when there is nobody to wait any longer. */
  readonly nextChange?: () => Promise<boolean>;
  /** Serves the language server until the connection ends. */
  readonly lsp?: () => Promise<void>;
  /** Starts another thread, which does what `workInTeam` does; absent where there is but one. */
  readonly lintThread?: (briefing: Briefing) => LintThread;
  /** ShellCheck, which tells when it cannot run here; `keep`: what it says is kept for the next run. */
  readonly shellcheck?: (onUnavailable: (reason: string) => void, keep: boolean) => Shellcheck;
}

/** Another thread, as much of Node's Worker as is needed. */
export interface LintThread {
  on(event: 'message' | 'error' | 'messageerror', listener: (value: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
}

/** 0: nothing at or above the threshold. 1: findings. 2: usage, configuration or input/output error. */
export type ExitCode = 0 | 1 | 2;

/** A command line that cannot be understood. */
export class UsageError extends Error {}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
