import { RULES } from '../rules/index.js';
import type { Rule } from '../rules/rule.js';
import { SYNTAX_ERROR } from './rule-names.js';
import type { Finding } from './types.js';

const byId = new Map<string, Rule>(RULES.map(rule => [rule.id, rule]));

/** The names of a finding's rule; those of ShellCheck and of syntax errors, which are no rules, are made up here. */
export function ruleOf(finding: Pick<Finding, 'rule' | 'codes'>): Pick<Rule, 'id' | 'codes'> {
  const rule = byId.get(finding.rule);
  if (rule) return rule;
  return finding.rule === SYNTAX_ERROR.id ? SYNTAX_ERROR : { id: finding.rule, codes: finding.codes };
}
