import type { Instruction, Placed } from '../dockerfile/index.js';
import type { RuleFix } from '../edits/fix.js';
import type { FileFacts, InstructionFacts } from '../facts/index.js';
import type { Reading } from '../standards/reading.js';
import type { Severity } from '../standards/severity.js';
import type { Span } from '../text/span.js';
import { type Asked, type Behaviour, behaviourOf } from './asked.js';

export type { FixEdit, FixEffect, FixSafety, RuleFix } from '../edits/fix.js';
export type { Reading } from '../standards/reading.js';
export type { Severity } from '../standards/severity.js';
export type { Sign } from './asked.js';

export type Category =
  | 'correctness'
  | 'security'
  | 'size'
  | 'reproducibility'
  | 'maintainability'
  | 'performance'
  | 'style';

/** The article's practices, by which Harden groups its changes and keeps its score. */
export type Practice =
  | 'small-images'
  | 'explicit-copy'
  | 'few-layers'
  | 'no-recommends'
  | 'multi-stage'
  | 'copy-not-add'
  | 'non-root-user'
  | 'minimal-base'
  | 'pinned-images'
  | 'trusted-sources'
  | 'metadata'
  | 'healthcheck'
  | 'one-process'
  | 'precise-versions'
  | 'secrets'
  | 'permissions'
  | 'clarity';

export interface Report {
  /** Relative to the instruction's start. */
  readonly span: Span;
  /** What is wrong and what to do, in one sentence. */
  readonly message: string;
  readonly fixes?: readonly RuleFix[];
  /** Instead of `fixes`: worked out when somebody asks. Only for rules over a stage or the whole file, whose reports are not kept. */
  readonly fixesOnDemand?: () => readonly RuleFix[];
  /** Narrows the rule's codes when not all standards agree on this case. */
  readonly codes?: readonly string[];
  /** Differs from the rule's own severity. */
  readonly severity?: Severity;
  /** True, and here not worth a reader's time: a hint in profile `recommended`. */
  readonly minor?: boolean;
  /** The text is of no use (shown faded) or deprecated (struck out). */
  readonly tag?: 'unnecessary' | 'deprecated';
}

export interface RuleContext {
  readonly reading: Reading;
  /** The rule's options after defaults. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** What a per-instruction rule sees: one instruction and what is in force there. */
export interface InstructionCheck extends RuleContext {
  readonly instruction: Instruction;
  /** What is in force where the instruction is, and its RUN commands. */
  readonly facts: InstructionFacts;
  /** Whether the instruction is the trigger of an ONBUILD. */
  readonly onbuild: boolean;
  readonly report: (report: Report) => void;
}

/** What a whole-file rule sees. */
export interface FileCheck extends RuleContext {
  readonly facts: FileFacts;
  readonly report: (at: Placed, report: Report) => void;
}

export interface BadExample {
  /** With «…» around the exact text to report. */
  readonly code: string;
  /** The file after the first fix, or after the one at `fix`. Required unless the rule has no fix for this case. */
  readonly fixed?: string;
  readonly fix?: number;
  readonly why?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  /** Other files of the build context, by path. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface GoodExample {
  readonly code: string;
  readonly why: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly files?: Readonly<Record<string, string>>;
}

export interface OptionSpec {
  readonly name: string;
  readonly type: 'string[]' | 'string' | 'boolean' | 'number' | 'map';
  readonly default: unknown;
  readonly description: string;
}

export interface RuleMeta {
  /** Kebab case; names the problem; the file's name; never changes. */
  readonly id: string;
  /** What it is about, where that is not a Dockerfile. */
  readonly about?: 'compose';
  /** The same problem elsewhere, most specific first: DLnnnn, BuildKit's names, DS-nnnn, CKV…. */
  readonly codes: readonly string[];
  /** One sentence: what the problem is. */
  readonly summary: string;
  /** Why it matters, two or three sentences, with links where they help. */
  readonly rationale: string;
  readonly category: Category;
  readonly practice?: Practice;
  readonly severity: Severity;
  /** What it says is true, and most often not worth a reader's time: a hint in profile `recommended`. */
  readonly minor?: boolean;
  /** In which profile it starts to run: `recommended`, `strict` (and `all`), `all` only. Default `recommended`. */
  readonly profile?: 'recommended' | 'strict' | 'all';
  readonly since: string;
  readonly options?: readonly OptionSpec[];
  readonly examples: { readonly bad: readonly BadExample[]; readonly good: readonly GoodExample[] };
  /** Links for the docs page beside the codes' own. */
  readonly links?: readonly string[];
  /**
   * It takes a comment for a linter at the instruction as a sign that things are there on purpose, and says nothing. So a
   * comment that names it is what keeps it silent, though no finding is left to be silenced.
   */
  readonly heedsComments?: boolean;
}

interface Traits {
  /**
   * Batches apply its fixes before all others: its problem makes Docker read the file otherwise than it is meant, or it
   * takes out what others would be beside.
   */
  readonly first?: boolean;
  /** The only reading in which it is asked; in all of them where it is not given. */
  readonly reading?: Reading;
}

/** A rule as it is written. */
export type RuleSpec = RuleMeta & Traits & Asked;

/** A rule as the engine reads it. */
export interface Rule extends RuleMeta, Traits, Behaviour {}

export function defineRule(spec: RuleSpec): Rule {
  const { command, instruction, stage, file, engine, check, ...meta } = spec;
  return { ...meta, ...behaviourOf(spec) };
}
