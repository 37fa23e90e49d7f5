import type { RuleMeta } from '../rules/rule.js';
import { docsUrl } from './docs-url.js';

const unmarked = (code: string): string => code.replace(/[«»]/g, '');

/** A block of code, in the language that a rule is about. */
export const fence = ({ about }: Pick<RuleMeta, 'about'>, code: string): string =>
  `\`\`\`${about === 'compose' ? 'yaml' : 'dockerfile'}\n${code.trimEnd()}\n\`\`\``;

/** Lines that both begin with are left out, as long as something remains of both. */
function fromTheDifference(before: string, after: string): readonly [string, string] {
  const [old, fresh] = [before.trimEnd().split('\n'), after.trimEnd().split('\n')];
  const most = Math.min(old.length, fresh.length) - 1;
  let shared = 0;
  while (shared < most && old[shared] === fresh[shared]) shared++;
  return [old.slice(shared).join('\n'), fresh.slice(shared).join('\n')];
}

/**
 * What a rule means, in Markdown: the text that the hover and `dockwright explain` share. A hover has room for a few
 * lines only, so it begins its example where the two sides differ.
 */
export function explanation(rule: RuleMeta, example: 'whole' | 'difference' = 'whole'): string {
  const parts = [`**${rule.summary}**`, rule.rationale];
  const bad = rule.examples.bad[0];
  if (bad?.fixed !== undefined) {
    const code = unmarked(bad.code);
    const [old, fresh] = example === 'difference' ? fromTheDifference(code, bad.fixed) : [code, bad.fixed];
    parts.push(`Instead of\n${fence(rule, old)}\nwrite\n${fence(rule, fresh)}`);
  } else if (bad) {
    parts.push(`For example:\n${fence(rule, unmarked(bad.code))}`);
  }
  const codes = rule.codes.length > 0 ? ` · also known as ${rule.codes.join(', ')}` : '';
  parts.push(`[${rule.id}](${docsUrl(rule.id)})${codes}`);
  return parts.join('\n\n');
}
