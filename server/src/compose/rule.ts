import type { Report, RuleContext, RuleFix, RuleMeta } from '../rules/rule.js';
import type { Project } from './project.js';
import type { Place } from './value.js';

export interface ComposeReport extends Pick<Report, 'message' | 'codes' | 'severity' | 'minor' | 'tag'> {
  /** Edits count from the start of the file. What is undefined is left out. As a function, worked out when somebody asks. */
  readonly fixes?: PossibleFixes | (() => PossibleFixes);
}

type PossibleFixes = readonly (RuleFix | undefined)[];

export interface ComposeCheck extends RuleContext {
  readonly project: Project;
  /** What is reported about another file than the one that is looked at is dropped: it is said there. */
  readonly report: (at: Place, report: ComposeReport) => void;
}

/** A rule about Compose files. Its examples are `compose.yaml`; the files of an example are beside it. */
export interface ComposeRule extends RuleMeta {
  /** Must depend on nothing but its argument. */
  readonly check: (context: ComposeCheck) => void;
}

export const defineComposeRule = (rule: ComposeRule): ComposeRule => ({ about: 'compose', ...rule });
