import { docsUrl } from '../explain/docs-url.js';
import { explanation } from '../explain/explanation.js';
import { rulesNamed } from '../profiles/rule-names.js';
import type { RuleMeta } from '../rules/rule.js';
import { shellcheckRule } from '../shellcheck/lint/explained.js';
import { plainText } from './plain-text.js';

/** What there is to read about a rule, or about a code of ShellCheck's. */
export interface Explained {
  readonly page: string;
  /** For editors that open no page. */
  readonly text: string;
}

/** The rule that an id or a code names, of those about this kind of file where there are some; undefined for what has no page. */
export function ruleOf(name: string, about?: RuleMeta['about']): RuleMeta | undefined {
  const named = rulesNamed(name);
  return shellcheckRule(name) ?? named.find(rule => rule.about === about) ?? named[0];
}

export function explained(name: string): Explained | undefined {
  const rule = ruleOf(name);
  return rule && { page: docsUrl(rule.id), text: plainText(explanation(rule)) };
}
