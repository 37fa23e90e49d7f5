/**
 * The messages between a host and a ShellCheck worker. Nothing else crosses that boundary
 * (docs/decisions/shellcheck-licence.md), and everything in it can be cloned.
 */

/** What ShellCheck can be told to read. Unknown names are ignored by it without a word, so the type is closed. */
export type ShellDialect = 'sh' | 'dash' | 'bash' | 'ksh' | 'busybox';

/** ShellCheck's own levels, from the worst. */
export type Level = 'error' | 'warning' | 'info' | 'style';

/** UTF-16 offsets into the script of the request, half-open; `start === end` inserts. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Comment {
  /** Without the letters: 2086. */
  readonly code: number;
  readonly level: Level;
  readonly message: string;
  /** UTF-16 offsets into the script of the request, half-open. */
  readonly start: number;
  readonly end: number;
  /** To be applied together; sorted, without overlaps. */
  readonly fix?: readonly Replacement[];
}

export interface LintJob {
  readonly script: string;
  readonly shell: ShellDialect;
  /** Variables that are set before the script runs; see `withAssigned`. */
  readonly assigned: readonly string[];
}

export type ToWorker =
  /** `module` is a compiled WebAssembly.Module, a type that the core does not know. */
  { readonly kind: 'start'; readonly module: unknown } | { readonly kind: 'lint'; readonly job: LintJob };

/** Each `lint` is answered by `linted` or `failed`, in the order in which they came. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'broken'; readonly error: string }
  | { readonly kind: 'linted'; readonly comments: readonly Comment[] }
  | { readonly kind: 'failed'; readonly error: string };

const hasKind = (value: unknown, kinds: readonly string[]): boolean =>
  typeof value === 'object' && value !== null && 'kind' in value && kinds.some(kind => kind === value.kind);

// Both ends are ours and of one build, so the kind tells the shape; what is checked is that the message is ours at all.
export const isToWorker = (value: unknown): value is ToWorker => hasKind(value, ['start', 'lint']);
export const isFromWorker = (value: unknown): value is FromWorker =>
  hasKind(value, ['ready', 'broken', 'linted', 'failed']);
