import type { Span } from '../../server/src/text/span.js';

/** Takes the `«…»` markers out of a text and returns the spans they held. */
export function unmark(marked: string): { readonly text: string; readonly spans: readonly Span[] } {
  const spans: { start: number; end: number }[] = [];
  const open: number[] = [];
  let text = '';
  for (const ch of marked) {
    if (ch === '«') open.push(spans.push({ start: text.length, end: text.length }) - 1);
    else if (ch === '»') {
      const span = spans[open.pop() ?? -1];
      if (!span) throw new Error('» without «');
      span.end = text.length;
    } else text += ch;
  }
  if (open.length > 0) throw new Error('« without »');
  return { text, spans };
}

/** Puts `«…»` around the spans, so that a test's output reads as the language. */
export function mark(text: string, spans: readonly Span[]): string {
  const inserts = spans.flatMap((span, order) => [
    { at: span.start, ch: '«', rank: 1, order },
    { at: span.end, ch: '»', rank: span.start === span.end ? 2 : 0, order },
  ]);
  inserts.sort((a, b) => b.at - a.at || b.rank - a.rank || b.order - a.order);
  let marked = text;
  for (const { at, ch } of inserts) marked = marked.slice(0, at) + ch + marked.slice(at);
  return marked;
}
