/** What `import { lint, harden } from 'dockwright'` gives. See docs/library.md. */

export type Severity = 'error' | 'warning' | 'info' | 'hint';
export type Level = Severity | 'off';
export type Profile = 'recommended' | 'strict' | 'hadolint' | 'buildkit' | 'all';

/**
 * safe: the same image contents and behaviour. review: changes the build or the image on purpose. manual: needs a decision
 * that the file cannot answer; such a fix has to be completed by hand.
 */
export type Safety = 'safe' | 'review' | 'manual';

/** Zero-based, as in the Language Server Protocol; a character is a UTF-16 unit, a line ends at LF. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  /** Exclusive. */
  readonly end: Position;
}

export interface Edit {
  readonly range: Range;
  readonly text: string;
}

export interface Fix {
  readonly title: string;
  readonly safety: Safety;
  /** The first choice among the fixes of a finding. */
  readonly preferred: boolean;
  /** In the order of the text, without overlaps, all for the text that was given. */
  readonly edits: readonly Edit[];
}

export interface Finding {
  /** The rule's id, which never changes. */
  readonly rule: string;
  /** What other tools call the same problem: `DL3008`, `JSONArgsRecommended`, `DS-0002`. */
  readonly codes: readonly string[];
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  /** The page that explains the rule. */
  readonly docs: string;
  readonly fixes: readonly Fix[];
}

/** The keys of `.dockwright.yaml`, and the file's name. Files are not read. */
export interface Options {
  /** Tells a template (`Dockerfile.j2`) from a Dockerfile. */
  readonly fileName?: string;
  readonly profile?: Profile;
  /** Levels, and options of rules, by id or code. */
  readonly rules?: Readonly<Record<string, Level | Readonly<Record<string, unknown>>>>;
  readonly select?: readonly string[];
  readonly ignore?: readonly string[];
  readonly 'label-schema'?: Readonly<Record<string, string>>;
  readonly 'strict-labels'?: boolean;
  readonly 'trusted-registries'?: readonly string[];
  readonly 'disable-ignore-comments'?: boolean;
}

export interface LintResult {
  /** Sorted by place. */
  readonly findings: readonly Finding[];
}

export interface HardenResult {
  /** The Dockerfile with all safe and review fixes; the text that was given where there is nothing to do. */
  readonly text: string;
  readonly applied: readonly { readonly rule: string; readonly title: string; readonly safety: Safety }[];
  /** What is left for a person to decide, with places in the new text. */
  readonly left: readonly Finding[];
  /** What to look at before the image is shipped. */
  readonly notes: readonly string[];
  /** Why the file was left as it is. */
  readonly refusal?: string;
}

/** Checks the text of a Dockerfile. Throws a TypeError for options that cannot be understood, and nothing else. */
export declare function lint(text: string, options?: Options): LintResult;

/** Applies every safe and review fix, each verified. Throws a TypeError for options that cannot be understood. */
export declare function harden(text: string, options?: Options): HardenResult;
