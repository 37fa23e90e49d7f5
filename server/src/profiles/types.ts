import type { ProfileName, RuleSetting } from '../../../shared/src/settings.js';
import type { ContextSnapshot } from '../context/index.js';
import type { FixEffect, FixSafety, Severity } from '../rules/rule.js';
import type { NamedTemplate } from '../templates/index.js';
import type { Edit, Span } from '../text/span.js';

/** A fix with absolute edits. */
export interface Fix {
  readonly title: string;
  readonly safety: FixSafety;
  readonly edits: readonly Edit[];
  readonly effect: FixEffect;
  readonly preferred: boolean;
  /** Lines to append to a file beside the Dockerfile (created when missing); the path is relative to the context root. */
  readonly file?: { readonly path: string; readonly append: string };
}

/** One problem at one place. `span` holds absolute UTF-16 offsets. */
export interface Finding {
  readonly rule: string;
  /** Names of the same problem in other standards, most specific first. */
  readonly codes: readonly string[];
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  /** Index of the instruction it is about, or -1 for the file as a whole. */
  readonly at: number;
  readonly fixes: readonly Fix[];
  readonly tag?: 'unnecessary' | 'deprecated';
}

export type LabelType = 'text' | 'url' | 'rfc3339' | 'spdx' | 'hash' | 'semver' | 'email';

/** Everything that decides what is reported for a text. All fields have defaults: see {@link DEFAULT_OPTIONS}. */
export interface LintOptions {
  readonly profile: ProfileName;
  /** Keyed by rule id or code. */
  readonly rules: Readonly<Record<string, RuleSetting>>;
  /** Rules turned on beside those of the profile: ids, codes, or groups as in selectors.ts. */
  readonly select: readonly string[];
  /** Rules turned off: ids, codes or groups. */
  readonly ignore: readonly string[];
  /** The only rules that report anything, beside syntax errors, which hide the rest of a file: ids, codes or groups. */
  readonly only?: readonly string[];
  /** What is beside the Dockerfile; absent when the host does not know. */
  readonly context?: ContextSnapshot;
  readonly labelSchema: Readonly<Record<string, LabelType>>;
  readonly strictLabels: boolean;
  readonly trustedRegistries: readonly string[];
  readonly disableIgnorePragma: boolean;
  /** The file is being written, in an editor: that it has no FROM yet is not worth saying. */
  readonly isDraft?: boolean;
  /** What the file's name says of it as a template; see templateByName. */
  readonly template?: NamedTemplate;
  /** The file's name tells of an image to develop, test or build with; see optionsByName. */
  readonly isForWork?: boolean;
}

export const DEFAULT_OPTIONS: LintOptions = {
  profile: 'recommended',
  rules: {},
  select: [],
  ignore: [],
  labelSchema: {},
  strictLabels: false,
  trustedRegistries: [],
  disableIgnorePragma: false,
};
