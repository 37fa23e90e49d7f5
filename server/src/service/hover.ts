import { type Hover, MarkupKind } from 'vscode-languageserver-types';
import { isOfCompose } from '../engine/lint-compose.js';
import { explanation } from '../explain/explanation.js';
import type { Finding } from '../profiles/types.js';
import type { Version } from './actions.js';
import { toRange } from './convert.js';
import { ruleOf } from './explained.js';
import { plainText } from './plain-text.js';

export function hover(
  { result, index }: Pick<Version, 'result' | 'index'>,
  offset: number,
  showsMarkdown: boolean,
): Hover | undefined {
  const hits = result.findings.filter(finding => finding.span.start <= offset && offset <= finding.span.end);
  const first = hits[0];
  if (!first) return undefined;
  const seen = new Set<string>();
  const texts = hits.flatMap((finding: Finding) => {
    const rule = ruleOf(finding.rule, isOfCompose(result) ? 'compose' : undefined);
    if (!rule || seen.has(rule.id)) return [];
    seen.add(rule.id);
    return [explanation(rule, 'difference')];
  });
  if (texts.length === 0) return undefined;
  const value = texts.join('\n\n---\n\n');
  return {
    contents: showsMarkdown
      ? { kind: MarkupKind.Markdown, value }
      : { kind: MarkupKind.PlainText, value: plainText(value) },
    range: toRange(index, first.span),
  };
}
