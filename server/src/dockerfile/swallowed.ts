import type { Span } from '../text/span.js';
import type { Instruction } from './instruction.js';
import { toSourceEnd, toSourceSpan } from './joined.js';
import { KEYWORDS } from './keywords.js';
import { perInstruction } from './per-instruction.js';

/** An instruction that a continuation character has made a part of the one above. Spans are relative to the latter. */
interface Swallowed {
  readonly keyword: string;
  /** Whose part it is; that may be a swallowed one as well. */
  readonly owner: string;
  readonly span: Span;
  /** Where the text ends that is really the owner's. */
  readonly ownerEnd: number;
  /** What has to go so that both are instructions; undefined where that would leave half of one. */
  readonly removal: Span | undefined;
  /** It begins its line, as nearly everybody writes instructions. */
  readonly beginsLine: boolean;
}

const NONE: readonly Swallowed[] = [];
const BEGINNING = new RegExp(`([ \\t]*)(${KEYWORDS.join('|')})[ \\t]+(?=\\S)`, 'iy');

/** The keyword of the instruction, or of the one after ONBUILD where that is on the same line. */
function firstKeyword(
  { keyword, rawKeyword }: Instruction,
  line: string,
): { readonly raw: string; readonly end: number } {
  const [all, raw] = keyword === 'ONBUILD' ? (/^\S+[ \t]+(\S+)/.exec(line) ?? []) : [];
  return all === undefined || raw === undefined
    ? { raw: rawKeyword, end: rawKeyword.length }
    : { raw, end: all.length };
}

/** All of them, in order; only those that are certain. */
export const swallowedIn = perInstruction((instruction: Instruction): readonly Swallowed[] => {
  const { text, at } = instruction.joined;
  if (at.length === 1) return NONE;
  const found: Swallowed[] = [];
  const begin = (raw: string, start: number): Owner => ({
    keyword: raw.toUpperCase(),
    raw,
    start,
    isQuoteOpenAt: quoteReader(text, start, instruction.escape),
  });
  const first = firstKeyword(instruction, text.slice(0, at[1]));
  let owner = begin(first.raw, first.end);
  for (let index = 1; index < at.length; index++) {
    const from = at[index] ?? 0;
    BEGINNING.lastIndex = from;
    const [all = '', indent = '', raw = ''] = BEGINNING.exec(text) ?? [];
    if (raw === '') continue;
    const next = begin(raw, from + indent.length + raw.length);
    const before = {
      head: text.slice(owner.start, Math.min(from, owner.start + NEAR)),
      tail: text.slice(Math.max(owner.start, from - NEAR), from),
    };
    if (owner.keyword === 'ONBUILD' && before.head.trim() === '') {
      owner = next;
      continue;
    }
    // What a quote holds is text, such as SQL or a file that is written.
    if (owner.isQuoteOpenAt(from)) continue;
    const rest = text.slice(from + all.length, at[index + 1]);
    const span = toSourceSpan(instruction.joined, from + indent.length, next.start);
    const ownerEnd = toSourceEnd(instruction.joined, from);
    const isApart = /\n[ \t]*\r?(?:\n|#)/.test(instruction.text.slice(ownerEnd, span.start));
    const beginsLine = indent === '';
    if (!isCertain(owner, before, next, { rest, beginsLine, isApart })) continue;
    const removal = removalOf(instruction, owner, before.head, span.start);
    found.push({ keyword: next.keyword, owner: owner.keyword, span, ownerEnd, removal, beginsLine });
    owner = next;
  }
  return found;
});

/** As much as is looked at of a long text above a line. */
const NEAR = 2000;

/** The text of the owner above a line: its beginning, and what is next to the line. */
interface Before {
  readonly head: string;
  readonly tail: string;
}

/** An instruction of which the text may be a part. */
interface Owner {
  readonly keyword: string;
  readonly raw: string;
  /** Where its keyword ends in the joined text. */
  readonly start: number;
  /** To be asked of one place after the other. */
  readonly isQuoteOpenAt: (end: number) => boolean;
}

const SCRIPTS = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK']);
/** After these a word is a command: none is written in capitals. */
const EXPECTS_COMMAND = /(?:[;&|({]|(?:^|\s)(?:then|do|else))\s*$/;
/** What people write is not a sign of anything. */
const WRITES = /(?:^|[;&|({]|\s(?:then|do|else)\s)\s*(?:echo|printf)\s[^;&|]*$/;
/** In small letters too these are neither commands nor, at the start of a line, arguments. */
const UNMISTAKABLE = new Set(['ENTRYPOINT', 'EXPOSE', 'HEALTHCHECK', 'ONBUILD', 'STOPSIGNAL', 'WORKDIR']);
/** Names that an ARG may well have. */
const NAMES = new Set(['ARG', 'ENV', 'EXPOSE', 'LABEL', 'SHELL', 'USER', 'VOLUME']);

interface Line {
  /** What follows the keyword. */
  readonly rest: string;
  readonly beginsLine: boolean;
  /** Comments or blank lines are above it. */
  readonly isApart: boolean;
}

function isCertain(
  owner: Owner,
  { head, tail }: Before,
  { keyword, raw }: Owner,
  { rest, beginsLine, isApart }: Line,
): boolean {
  const isScript = SCRIPTS.has(owner.keyword);
  // HEALTHCHECK --interval=5m CMD …
  if (owner.keyword === 'HEALTHCHECK' && keyword === 'CMD' && /^(?:\s+--\S+)*\s*$/.test(head)) return false;
  if (owner.keyword === 'ARG' && NAMES.has(keyword) && /^[\w\s]*$/.test(rest)) return false;
  const isCommand = isScript && EXPECTS_COMMAND.test(tail);
  if (raw !== keyword) {
    // In small letters many are commands or arguments.
    if (owner.raw !== owner.raw.toLowerCase() || !beginsLine || isCommand) return false;
    return !isScript || UNMISTAKABLE.has(keyword) || (isApart && keyword !== 'ENV');
  }
  if (beginsLine || isCommand) return true;
  if (isScript) return !WRITES.test(tail);
  if (owner.keyword === 'ENV' || owner.keyword === 'LABEL') return /^\s*[^\s=]+=/.test(head);
  return owner.keyword !== 'ARG' && owner.keyword !== 'MAINTAINER';
}

function quoteReader(text: string, start: number, escape: string): (end: number) => boolean {
  let at = start;
  let quote = '';
  return end => {
    for (; at < end; at++) {
      const character = text[at] ?? '';
      if (character === escape && quote !== "'") at++;
      else if (quote === '') {
        if (character === '"' || character === "'") quote = character;
      } else if (character === quote) quote = '';
    }
    return quote !== '';
  };
}

/** The continuation character above, with the spaces around it, and with an operator that then has nothing to join. */
function removalOf({ text, escape }: Instruction, owner: Owner, before: string, start: number): Span | undefined {
  const own = before.replace(/^(?:\s+--\S+)*\s*/, '');
  if (own === '' && (SCRIPTS.has(owner.keyword) || before.trim() === '')) return undefined;
  let end = text.lastIndexOf('\n', start - 1);
  // Over comments and blank lines.
  for (;;) {
    const from = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(from, end).trimEnd();
    if (line.trimStart() !== '' && !line.trimStart().startsWith('#')) {
      const last = from + line.length - 1;
      const kept = line.slice(0, -1).replace(SCRIPTS.has(owner.keyword) ? /\s*(?:&&|;)?\s*$/ : /\s*$/, '');
      if (text[last] !== escape || kept === '' || /[&|;]$/.test(kept)) return undefined;
      return { start: from + kept.length, end: last + 1 };
    }
    if (from === 0) return undefined;
    end = from - 1;
  }
}
