import { type Instruction, swallowedIn } from '../dockerfile/index.js';
import type { RuleSet } from '../profiles/rule-set.js';
import type { Finding } from '../profiles/types.js';
import { RULES } from '../rules/index.js';
import type { LintResult } from './result.js';

export const SWALLOWED = 'swallowed-instruction';
const RULE = RULES.find(rule => rule.id === SWALLOWED);

/**
 * Whether what is said of the text up to `end`, counted from the start of the instruction, is about a swallowed one too.
 * Nothing else is reported there: it would follow from that one slip.
 */
export function isSwallowedBefore(set: RuleSet, rule: string, instruction: Instruction, end: number): boolean {
  const [first] = swallowedIn(instruction);
  if (!first || rule === SWALLOWED || end <= first.ownerEnd) return false;
  return RULE !== undefined && set.severityOf(RULE, RULE.codes, RULE.severity) !== undefined;
}

/** Of findings that came later, those that are not about a swallowed instruction. */
export function notSwallowed(set: RuleSet, { dockerfile }: LintResult, later: readonly Finding[]): readonly Finding[] {
  return later.filter(({ rule, at, span }) => {
    const placed = dockerfile.placements.at(at);
    return !placed || !isSwallowedBefore(set, rule, placed.instruction, span.end - placed.start);
  });
}

/** Whether a fix by another rule could join what only looks like one instruction, and so hide the slip. */
export const wouldHideSwallowed = (rule: string, instruction: Instruction): boolean =>
  rule !== SWALLOWED && swallowedIn(instruction).length > 0;
