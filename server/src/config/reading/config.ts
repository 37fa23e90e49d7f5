import type { ProfileName, RuleSetting, ShellcheckSettings } from '../../../../shared/src/settings.js';
import type { LabelType } from '../../profiles/types.js';
import type { Severity } from '../../standards/severity.js';
import type { Span } from '../../text/span.js';
import type { ConfigProblem } from './yaml.js';

/** What a configuration file says; what it leaves open is absent. */
export interface ConfigOptions {
  readonly profile?: ProfileName;
  readonly rules?: Readonly<Record<string, RuleSetting>>;
  readonly select?: readonly string[];
  readonly ignore?: readonly string[];
  readonly labelSchema?: Readonly<Record<string, LabelType>>;
  readonly strictLabels?: boolean;
  readonly trustedRegistries?: readonly string[];
  readonly disableIgnorePragma?: boolean;
}

/** What concerns the command line only. */
export interface OutputOptions {
  readonly failOn?: Severity | 'never';
  /** Nothing fails, whatever `failOn` says: hadolint has a key for each. */
  readonly noFail?: boolean;
  /** Names of hadolint's formats or ours, in order. */
  readonly formats?: readonly string[];
  readonly noColor?: boolean;
  readonly verbose?: boolean;
}

/** What counts for some files beside the rest of a configuration. */
export interface Override {
  /** Patterns as in a `.gitignore`, relative to the folder of the configuration. */
  readonly files: readonly string[];
  readonly options: ConfigOptions;
  readonly output: OutputOptions;
  readonly shellcheck: Partial<ShellcheckSettings>;
}

export interface Config {
  readonly options: ConfigOptions;
  readonly output: OutputOptions;
  readonly shellcheck: Partial<ShellcheckSettings>;
  /** Files and packages that it builds on, as they are written. */
  readonly extends?: readonly { readonly text: string; readonly span: Span }[];
  /** Where these were found, or looked for first: the files on which it depends. Only known once they have been read. */
  readonly dependsOn?: readonly string[];
  /** Patterns of files that are not looked at, as in a `.gitignore`. */
  readonly exclude?: readonly string[];
  readonly overrides?: readonly Override[];
  /** Spans are offsets into the configuration's text. Errors end a command line; an editor goes on with the rest. */
  readonly problems: readonly ConfigProblem[];
}
