import { ALL_RULES } from '../profiles/rule-names.js';
import type { Finding } from '../profiles/types.js';
import type { Practice } from '../rules/rule.js';
import { PRACTICES } from './practices.js';

/** How far a file follows one practice. */
export interface Score {
  readonly practice: Practice;
  /** Open findings. */
  readonly before: number;
  readonly after: number;
}

/** How many of all practices a file follows: those without an open finding. */
export interface Followed {
  readonly before: number;
  readonly after: number;
  readonly of: number;
}

const practices = new Map<string, Practice>(ALL_RULES.map(rule => [rule.id, rule.practice ?? 'clarity']));

/** The practice that a rule serves; `clarity` for those that serve none of the others. */
export const practiceOf = (rule: string): Practice => practices.get(rule) ?? 'clarity';

// The keys of a record of practices are practices.
const ORDER = Object.keys(PRACTICES) as readonly Practice[];

/** The practices that some finding, before or after, is about, in the order of {@link PRACTICES}. */
export function scoresOf(before: readonly Finding[], after: readonly Finding[]): readonly Score[] {
  const count = (findings: readonly Finding[], practice: Practice): number =>
    findings.filter(finding => practiceOf(finding.rule) === practice).length;
  return ORDER.map(practice => ({
    practice,
    before: count(before, practice),
    after: count(after, practice),
  })).filter(score => score.before + score.after > 0);
}

export const followed = (scores: readonly Score[]): Followed => ({
  before: ORDER.length - scores.filter(score => score.before > 0).length,
  after: ORDER.length - scores.filter(score => score.after > 0).length,
  of: ORDER.length,
});
