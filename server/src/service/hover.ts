import { type Hover, MarkupKind } from 'vscode-languageserver-types';
import { shellcheckRule } from '../engine/shellcheck-explained.js';
import type { Finding } from '../engine/types.js';
import { RULES } from '../rules/index.js';
import type { Rule } from '../rules/rule.js';
import { explanation } from '../rules/support/explanation.js';
import type { Version } from './actions.js';
import { toRange } from './convert.js';

const byId = new Map<string, Rule>(RULES.map(rule => [rule.id, rule]));

export function hover({ result, index }: Pick<Version, 'result' | 'index'>, offset: number): Hover | undefined {
  const hits = result.findings.filter(finding => finding.span.start <= offset && offset <= finding.span.end);
  const first = hits[0];
  if (!first) return undefined;
  const seen = new Set<string>();
  const texts = hits.flatMap((finding: Finding) => {
    const rule = byId.get(finding.rule) ?? shellcheckRule(finding.rule);
    if (!rule || seen.has(rule.id)) return [];
    seen.add(rule.id);
    return [explanation(rule, 'difference')];
  });
  if (texts.length === 0) return undefined;
  return {
    contents: { kind: MarkupKind.Markdown, value: texts.join('\n\n---\n\n') },
    range: toRange(index, first.span),
  };
}
