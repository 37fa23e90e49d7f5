import type { Placed } from '../dockerfile/index.js';
import type { Span } from '../text/span.js';

/** safe: same image, same behaviour. review: changes the build or image on purpose. manual: needs a decision the file cannot answer. */
export type FixSafety = 'safe' | 'review' | 'manual';

/** An edit whose span is relative to the start of `at`, or of the instruction that the finding is about. */
export interface FixEdit {
  readonly span: Span;
  readonly text: string;
  readonly at?: Placed;
}

/**
 * What a fix is allowed to change; verification refuses anything beyond it (fixes/verify.ts). Without a declaration a
 * fix may only add arguments to commands of a RUN, or rewrite an instruction without changing what it says: keyword,
 * flags, values, words, comments and the number of instructions stay.
 */
export interface FixEffect {
  /** Instructions that appear, by keyword in file order, e.g. `['RUN', 'USER']`. */
  readonly inserts?: readonly string[];
  /** Instructions that disappear, by keyword. Merging two RUNs removes one. */
  readonly removes?: readonly string[];
  /** Touched instructions get this keyword: `{ ADD: 'COPY' }`. */
  readonly renames?: Readonly<Record<string, string>>;
  /** Flags of touched instructions may change. */
  readonly flags?: boolean;
  /** ENV, LABEL and ARG values of touched instructions may change. */
  readonly values?: boolean;
  /**
   * Commands of touched scripts may be changed or dropped; with `words` only their names and arguments may be others, while
   * operators, nesting, redirections and assignments stay. Without it each command must still be in its place of the tree,
   * with all its arguments in order; new arguments, and new commands after `&&`, may be between.
   */
  readonly commands?: boolean | 'words';
  /** New commands may be before the first of a touched script, joined to it with `&&`. */
  readonly prepends?: boolean;
  /** Arguments of touched instructions other than RUN scripts may change freely: an exec form, an image reference, a path. */
  readonly arguments?: boolean;
  /** Comments may be added (an ignore comment) or changed. Comments never disappear unless this is `remove`. */
  readonly comments?: 'add' | 'remove';
  /** The file's parser directives or blank lines only. */
  readonly layout?: boolean;
  /** The only stage is parted in two; nothing that it says is lost, and nothing else comes in than what the second one copies and installs. */
  readonly secondStage?: boolean;
  /** In a Compose file: paths of keys, such as `['services', 'web', 'cap_drop']`, whose values may change, come or go. */
  readonly paths?: readonly (readonly string[])[];
}

export interface RuleFix {
  /** Starts with a verb; says what it does. */
  readonly title: string;
  readonly safety: FixSafety;
  readonly edits: readonly FixEdit[];
  readonly effect?: FixEffect;
  /** Of several fixes the one that batches apply. The first, unless said. */
  readonly preferred?: boolean;
  /** A new or changed file beside the Dockerfile, such as `.dockerignore`: path relative to the context root. */
  readonly file?: { readonly path: string; readonly append: string };
}
