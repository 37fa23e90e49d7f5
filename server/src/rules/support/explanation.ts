import type { Rule } from '../rule.js';
import { docsUrl } from './docs.js';

const block = (code: string): string => `\`\`\`dockerfile\n${code.replace(/[«»]/g, '').trimEnd()}\n\`\`\``;

/** What a rule means, in Markdown: the text that the hover and `dockwright explain` share. */
export function explanation(rule: Rule): string {
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
