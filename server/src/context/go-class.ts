import { complement, type Ranges } from './code-points.js';

/** Where a reader is in a regular expression in Go's syntax. */
export interface Cursor {
  text: string;
  at: number;
  /** Something has been read of which it is not known here what it means. */
  isUnsure: boolean;
}

/** Go's regexp does not compile it. */
export type Refused = 'refused';

/** What a sticky expression finds where the cursor is, which is then after it. */
export function take(cursor: Cursor, sticky: RegExp): RegExpExecArray | undefined {
  sticky.lastIndex = cursor.at;
  const found = sticky.exec(cursor.text) ?? undefined;
  if (found) cursor.at = sticky.lastIndex;
  return found;
}

/** Pairs of first and last characters; source: the tables of regexp/syntax. */
const NAMED = {
  d: '09',
  w: '09AZ__az',
  s: '\t\n\f\r  ',
  alnum: '09AZaz',
  alpha: 'AZaz',
  ascii: '\0\x7f',
  blank: '\t\t  ',
  cntrl: '\0\x1f\x7f\x7f',
  digit: '09',
  graph: '!~',
  lower: 'az',
  print: ' ~',
  punct: '!/:@[`{~',
  space: '\t\r  ',
  upper: 'AZ',
  word: '09AZ__az',
  xdigit: '09AFaf',
} as const satisfies Readonly<Record<string, string>>;

const isNamed = (name: string): name is keyof typeof NAMED => Object.hasOwn(NAMED, name);

function named(name: string): Ranges | undefined {
  if (!isNamed(name)) return undefined;
  return (NAMED[name].match(/[\s\S]{2}/g) ?? []).map(pair => [pair.charCodeAt(0), pair.charCodeAt(1)]);
}

const CONTROL: Readonly<Record<string, number>> = { a: 7, t: 9, n: 10, v: 11, f: 12, r: 13 };

const PERL = /\\([dDsSwW])/y;
const HEX = /\\x(?:\{([\dA-Fa-f]+)\}|([\dA-Fa-f]{2}))/y;
const OCTAL = /\\(0[0-7]{0,2}|[1-7][0-7]{1,2})/y;
const LETTER = /\\([afnrtv])/y;
const PUNCTUATION = /\\([\0-/:-@[-`{-\x7f])/y;
const PLAIN = /[^\\]/uy;
/** `\p{Greek}`, `\pL`: what that is changes from one version of Go to the next. */
const UNICODE = /\\[pP](?:\{\^?[A-Za-z][^}]*\}|[CLMNPSZclmnpsz])/y;

/** One character, escaped or not. */
function readCharacter(cursor: Cursor): number | Refused {
  if (take(cursor, UNICODE)) {
    cursor.isUnsure = true;
    return 0;
  }
  const hex = take(cursor, HEX);
  if (hex) {
    const code = Number.parseInt(hex[1] ?? hex[2] ?? '', 16);
    return code > 0x10ffff ? 'refused' : code;
  }
  const octal = take(cursor, OCTAL);
  if (octal) return Number.parseInt(octal[1] ?? '', 8);
  const letter = take(cursor, LETTER);
  if (letter) return CONTROL[letter[1] ?? ''] ?? 'refused';
  return (take(cursor, PUNCTUATION)?.[1] ?? take(cursor, PLAIN)?.[0])?.codePointAt(0) ?? 'refused';
}

function readPerlClass(cursor: Cursor): Ranges | undefined {
  const name = take(cursor, PERL)?.[1];
  if (name === undefined) return undefined;
  const ranges = named(name.toLowerCase()) ?? [];
  return name === name.toLowerCase() ? ranges : complement(ranges);
}

/** `[:alpha:]` within a class. */
function readPosixClass(cursor: Cursor): Ranges | Refused | undefined {
  const found = take(cursor, /\[:([\s\S]*?):\]/y);
  if (!found) return undefined;
  const [, sign = '', name = ''] = /^(\^?)([\s\S]*)$/.exec(found[1] ?? '') ?? [];
  const ranges = name.length > 1 ? named(name) : undefined;
  if (!ranges) return 'refused';
  return sign === '' ? ranges : complement(ranges);
}

function readRange(cursor: Cursor): Ranges | Refused {
  const first = readCharacter(cursor);
  if (typeof first === 'string') return first;
  if (!take(cursor, /-(?=[^\]])/y)) return [[first, first]];
  const last = readCharacter(cursor);
  if (typeof last === 'string') return last;
  return last < first ? 'refused' : [[first, last]];
}

function readBrackets(cursor: Cursor): Ranges | Refused {
  const isNegated = take(cursor, /\^/y) !== undefined;
  const all: (readonly [number, number])[] = [];
  for (let isFirst = true; isFirst || !take(cursor, /\]/y); isFirst = false) {
    if (cursor.at >= cursor.text.length) return 'refused';
    const ranges = readPosixClass(cursor) ?? readPerlClass(cursor) ?? readRange(cursor);
    if (typeof ranges === 'string') return ranges;
    all.push(...ranges);
  }
  return isNegated ? complement(all) : all;
}

/** The characters that one atom of a Go expression stands for. */
export function readCharacters(cursor: Cursor): Ranges | Refused {
  if (take(cursor, /\[/y)) return readBrackets(cursor);
  const perl = readPerlClass(cursor);
  if (perl) return perl;
  const code = readCharacter(cursor);
  return typeof code === 'string' ? code : [[code, code]];
}
