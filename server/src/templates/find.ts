import type { Span } from '../text/span.js';
import { DELIMITED, M4_CALL, type TagKind, WHOLE } from './kinds.js';

/** All tags of some kinds, by place; what overlaps is one. */
export function findTags(text: string, kinds: Iterable<TagKind>): readonly Span[] {
  const found = [...kinds].flatMap(kind => tagsOf(text, kind));
  found.sort((a, b) => a.start - b.start);
  const tags: { start: number; end: number }[] = [];
  for (const { start, end } of found) {
    const last = tags.at(-1);
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else tags.push({ start, end });
  }
  return tags;
}

function tagsOf(text: string, kind: TagKind): Span[] {
  switch (kind) {
    case 'braces':
    case 'angles':
    case 'percent-braces':
      return delimited(text, DELIMITED[kind]);
    case 'm4':
      return [...m4Calls(text), ...m4Names(text)];
    default:
      return Array.from(text.matchAll(WHOLE[kind]), match => spanOf(match));
  }
}

const spanOf = ({ index, 0: { length } }: RegExpExecArray): Span => ({ start: index, end: index + length });

const lineEnd = (text: string, from: number): number => {
  const newline = text.indexOf('\n', from);
  return newline < 0 ? text.length : newline;
};

/** Tags that begin and end; one without an end takes the rest of its line. */
function delimited(
  text: string,
  { begin, ends }: { readonly begin: RegExp; readonly ends: Readonly<Record<string, string>> },
): Span[] {
  const found: Span[] = [];
  // What was searched for in vain once is not searched for again.
  const missing = new Set<string>();
  const after = (close: string, from: number): number => {
    const at = missing.has(close) ? -1 : text.indexOf(close, from);
    if (at < 0) missing.add(close);
    return at;
  };
  let past = 0;
  for (const { index: start, 0: open } of text.matchAll(begin)) {
    if (start < past) continue;
    const close = ends[open] ?? '';
    let from = start + open.length;
    // What Liquid comments out is not a Dockerfile, whatever it looks like.
    if (/^-?\s*comment\b/.test(text.slice(from, from + 20))) from = Math.max(from, after('endcomment', from));
    const at = after(close, from);
    // `{{{name}}}`
    const isTriple = at >= 0 && close === '}}' && text[at + 2] === '}';
    past = at < 0 ? lineEnd(text, start) : at + close.length + (isTriple ? 1 : 0);
    found.push({ start, end: past });
  }
  return found;
}

function m4Calls(text: string): Span[] {
  const found: Span[] = [];
  let endless = false;
  let past = 0;
  for (const match of text.matchAll(M4_CALL)) {
    const { start, end } = spanOf(match);
    if (start < past) continue;
    const isCall = text[end - 1] === '(';
    const close: number = isCall && !endless ? closingParenthesis(text, end) : -1;
    endless ||= isCall && close < 0;
    past = close < 0 ? lineEnd(text, start) : close;
    found.push({ start, end: past });
  }
  return found;
}

function closingParenthesis(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at + 1;
  }
  return -1;
}

/** The names that the text itself defines, wherever they are used. */
function m4Names(text: string): Span[] {
  const names = new Set(Array.from(text.matchAll(/\bdefine\(`?(\w+)/g), match => match[1]));
  return Array.from(text.matchAll(/\w+/g))
    .filter(([word]) => names.has(word))
    .map(match => spanOf(match));
}
