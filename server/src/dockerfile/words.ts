import { isBlank, isSpace, skipSpaces } from './characters.js';

/** A word with its offsets in the text it was read from. */
export interface RawWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Words separated by spaces, quotes meaning nothing (FROM, EXPOSE, COPY, VOLUME; line_parsers.go, parseStringsWhitespaceDelimited). */
export function blankSeparated(text: string, from = 0, to = text.length): RawWord[] {
  const words: RawWord[] = [];
  let at = from;
  while (at < to) {
    if (isBlank(text.charCodeAt(at))) {
      at++;
      continue;
    }
    const start = at;
    NO_BLANKS.lastIndex = start;
    NO_BLANKS.test(text);
    at = Math.min(NO_BLANKS.lastIndex, to);
    words.push({ text: text.slice(start, at), start, end: at });
  }
  return words;
}

/** What is not `isBlank`: found without looking at each character. */
const NO_BLANKS = /[^\t\v\f\r ]+/y;

/** Characters that mean nothing to a word, quoted or not. */
const INERT = /[!#-&(-[\]-_a-~]+/y;

/** Words in which quotes and the escape character protect spaces; both are kept (ENV, LABEL, ARG; parseWords). */
export function quotedWords(text: string, escape: string): RawWord[] {
  const words: RawWord[] = [];
  let at = 0;
  while (at < text.length) {
    at = skipSpaces(text, at);
    if (at >= text.length) break;
    const start = at;
    let word = '';
    let quote = '';
    let quoted = false;
    while (at < text.length) {
      INERT.lastIndex = at;
      if (INERT.test(text)) {
        word += text.slice(at, INERT.lastIndex);
        at = INERT.lastIndex;
        continue;
      }
      const ch = text[at] ?? '';
      if (quote === '' && isSpace(text.charCodeAt(at))) break;
      if (quote === '') {
        if (ch === "'" || ch === '"') {
          quote = ch;
          quoted = true;
        }
      } else if (ch === quote) quote = '';
      if (ch === escape && quote !== "'") {
        if (at + 1 === text.length) {
          at++;
          break;
        }
        word += ch + (text[at + 1] ?? '');
        at += 2;
        continue;
      }
      word += ch;
      at++;
    }
    if (quoted || word.length > 0) words.push({ text: word, start, end: at });
  }
  return words;
}

/** A flag with its offsets; `text` has quotes and backslashes resolved, as BuildKit passes it on. */
export interface RawFlag extends RawWord {}

const NONE: readonly RawFlag[] = [];

/** Leading `--flag` words and where the rest begins (split_command.go, extractBuilderFlags). */
export function builderFlags(text: string, from: number): { flags: readonly RawFlag[]; rest: number } {
  let at = skipSpaces(text, from);
  if (!text.startsWith('--', at)) return { flags: NONE, rest: at };
  const flags: RawFlag[] = [];
  for (;;) {
    at = skipSpaces(text, at);
    if (at >= text.length || !text.startsWith('--', at)) return { flags, rest: at };
    const start = at;
    let word = '';
    let quote = '';
    let quoted = false;
    while (at < text.length) {
      const ch = text[at] ?? '';
      if (quote === '' && isSpace(text.charCodeAt(at))) break;
      if (quote === '' && (ch === "'" || ch === '"')) {
        quote = ch;
        quoted = true;
      } else if (ch === quote) quote = '';
      else if (ch === '\\') {
        at++;
        word += text[at] ?? '';
      } else word += ch;
      at++;
    }
    if (word === '--') return { flags, rest: skipSpaces(text, at) };
    if (quoted || word.length > 0) flags.push({ text: word, start, end: at });
  }
}

/** The strings of a JSON array with their offsets (quotes included), or why there are none. */
export type JsonForm =
  | { readonly kind: 'array'; readonly items: readonly RawWord[]; readonly start: number; readonly end: number }
  | { readonly kind: 'not-strings' }
  | { readonly kind: 'none' };

export const NO_JSON: JsonForm = { kind: 'none' };

/** Reads an exec form as Go's json.Unmarshal would: anything else than a whole valid array is shell form. */
export function jsonForm(text: string): JsonForm {
  const start = skipSpaces(text, 0);
  // A script that begins with `[` is told by its end: a parser's refusal is slow.
  if (text.charCodeAt(start) !== 91 || !text.trimEnd().endsWith(']')) return NO_JSON;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.slice(start));
  } catch {
    return NO_JSON;
  }
  if (!Array.isArray(parsed)) return NO_JSON;
  if (!parsed.every((item): item is string => typeof item === 'string')) return { kind: 'not-strings' };
  const items: RawWord[] = [];
  let at = start + 1;
  for (const value of parsed) {
    while (text[at] !== '"') at++;
    const from = at++;
    while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    at++;
    items.push({ text: value, start: from, end: at });
  }
  return { kind: 'array', items, start, end: text.lastIndexOf(']') + 1 };
}
