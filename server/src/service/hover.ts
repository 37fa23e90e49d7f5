import { type Hover, MarkupKind } from 'vscode-languageserver-types';
import { isOfCompose } from '../engine/lint-compose.js';
import { explanation } from '../explain/explanation.js';
import { hoverAt } from '../features/hover.js';
import type { Finding } from '../profiles/types.js';
import type { Version } from './actions.js';
import { toRange } from './convert.js';
import { ruleOf } from './explained.js';
import { plainText } from './plain-text.js';

/** What is known of the place itself comes first, then what its findings mean. */
export function hover(
  { result, index }: Pick<Version, 'result' | 'index'>,
  offset: number,
  showsMarkdown: boolean,
  showsFacts = false,
): Hover | undefined {
  const told = isOfCompose(result) || !showsFacts ? undefined : hoverAt(result.facts, offset);
  const hits = result.findings.filter(finding => finding.span.start <= offset && offset <= finding.span.end);
  const texts = [...(told ? [told.text] : []), ...explanations(hits, isOfCompose(result))];
  const span = told?.span ?? hits[0]?.span;
  if (texts.length === 0 || !span) return undefined;
  const value = texts.join('\n\n---\n\n');
  return {
    contents: showsMarkdown
      ? { kind: MarkupKind.Markdown, value }
      : { kind: MarkupKind.PlainText, value: plainText(value) },
    range: toRange(index, span),
  };
}

/** Each rule is explained once. */
function explanations(findings: readonly Finding[], isCompose: boolean): readonly string[] {
  const rules = findings.map(({ rule }) => ruleOf(rule, isCompose ? 'compose' : undefined));
  return [...new Set(rules)].flatMap(rule => (rule ? [explanation(rule, 'difference')] : []));
}
