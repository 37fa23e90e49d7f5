import { type Hover, MarkupKind } from 'vscode-languageserver-types';
import type { Finding, LintResult } from '../engine/types.js';
import { RULES } from '../rules/index.js';
import type { Rule } from '../rules/rule.js';
import { docsUrl } from '../rules/support/docs.js';
import { lineIndex } from '../text/line-index.js';
import { toRange } from './convert.js';

const byId = new Map<string, Rule>(RULES.map(rule => [rule.id, rule]));

const plain = (code: string): string => code.replace(/[«»]/g, '').trimEnd();

/** Only the lines around the change are worth showing. */
const block = (code: string): string => `\`\`\`dockerfile\n${plain(code)}\n\`\`\``;

/** The text that the hover and `dockwright explain` share. */
export function explain(rule: Rule): string {
  const parts = [`**${rule.summary}**`, rule.rationale];
  const bad = rule.examples.bad[0];
  if (bad) {
    parts.push(
      bad.fixed === undefined
        ? `For example:\n${block(bad.code)}`
        : `Instead of\n${block(bad.code)}\nwrite\n${block(bad.fixed)}`,
    );
  }
  const codes = rule.codes.length > 0 ? ` · also known as ${rule.codes.join(', ')}` : '';
  parts.push(`[${rule.id}](${docsUrl(rule.id)})${codes}`);
  return parts.join('\n\n');
}

export function hover(result: LintResult, offset: number): Hover | undefined {
  const hits = result.findings.filter(finding => finding.span.start <= offset && offset <= finding.span.end);
  const first = hits[0];
  if (!first) return undefined;
  const seen = new Set<string>();
  const texts = hits.flatMap((finding: Finding) => {
    const rule = byId.get(finding.rule);
    if (!rule || seen.has(rule.id)) return [];
    seen.add(rule.id);
    return [explain(rule)];
  });
  if (texts.length === 0) return undefined;
  return {
    contents: { kind: MarkupKind.Markdown, value: texts.join('\n\n---\n\n') },
    range: toRange(lineIndex(result.dockerfile.text), first.span),
  };
}
