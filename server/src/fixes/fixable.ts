import type { ComposeResult } from '../engine/lint-compose.js';
import type { LintResult } from '../engine/result.js';
import type { Finding } from '../profiles/types.js';
import type { Change, Verdict } from './change.js';
import type { Refusal } from './compare-pair.js';
import { refusalOf, verifyTogether } from './verify.js';
import { verifyCompose } from './verify-compose.js';

/** What is found in a text of any kind, and how changes of it are verified. */
export interface Fixable {
  readonly findings: readonly Finding[];
  /** Why one fix may not be applied; undefined when it may. */
  readonly refusalOf: (change: Change) => Refusal;
  /** Several at once. */
  readonly verify: (changes: readonly Change[]) => Verdict;
}

export const fixable = ({ findings, dockerfile }: Pick<LintResult, 'findings' | 'dockerfile'>): Fixable => ({
  findings,
  refusalOf: change => refusalOf(dockerfile, change),
  verify: changes => verifyTogether(dockerfile, changes),
});

export function composeFixable({ findings, project }: ComposeResult): Fixable {
  const { text } = project.own.source;
  const verify = (changes: readonly Change[]): Verdict => verifyCompose(text, changes);
  return {
    findings,
    refusalOf(change) {
      const verdict = verify([change]);
      return 'refusal' in verdict ? verdict.refusal : undefined;
    },
    verify,
  };
}
