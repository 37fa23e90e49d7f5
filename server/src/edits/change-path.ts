import type { Span } from '../text/span.js';
import type { RuleFix } from './fix.js';

/** Writes another path in place of one, in the quotes that it has. */
export function changePath(text: string, span: Span, path: string): RuleFix {
  const quote = /^["']/.exec(text.slice(span.start, span.end))?.[0] ?? '';
  return {
    title: `Change to ${path}`,
    safety: 'safe',
    edits: [{ span, text: `${quote}${path}${quote}` }],
    effect: { arguments: true },
  };
}
