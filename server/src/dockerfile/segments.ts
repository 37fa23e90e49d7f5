import type { Span } from '../text/span.js';
import { skipSpaces } from './characters.js';
import { type Heredoc, openers, readHeredocs } from './heredoc.js';
import { Instruction } from './instruction.js';
import { AT_START, type Comment, commentFrom, type LogicalLine, lineFrom, logicalLine } from './lines.js';
import type { Segment } from './placed.js';

// Instructions by text: an edit elsewhere, and the check of a fix, find them again. Each key in a file
// leaves a text that nobody will ask for again, so no more are kept than the files at hand have use for.
const LEAST_KEPT = 500;
let limit = LEAST_KEPT;
let cache = new Map<string, Instruction>();
let older = new Map<string, Instruction>();

function cached(text: string, escape: '\\' | '`'): Instruction | undefined {
  const hit = cache.get(text);
  if (hit?.escape === escape) return hit;
  const old = older.get(text);
  if (old?.escape !== escape) return undefined;
  remember(old);
  return old;
}

function remember(instruction: Instruction): void {
  if (cache.size >= limit) {
    older = cache;
    cache = new Map();
  }
  cache.set(instruction.text, instruction);
}

/** Tells how many instructions a file has that was just read. Several files may be open, so room is given up slowly. */
export function keepRoomFor(instructions: number): void {
  limit = Math.max(LEAST_KEPT, 2 * instructions, Math.floor(limit * 0.99));
}

export const shift = (comment: Comment, by: number): Comment => ({
  ...comment,
  start: comment.start - by,
  end: comment.end - by,
});

function shiftHeredoc(heredoc: Heredoc, by: number): Heredoc {
  return {
    ...heredoc,
    content: detached(heredoc.content),
    span: { start: heredoc.span.start - by, end: heredoc.span.end - by },
    terminator: { start: heredoc.terminator.start - by, end: heredoc.terminator.end - by },
  };
}

/**
 * A copy of a part of a text. A slice is not a copy: it keeps the whole text that it was cut from, and what is read here
 * outlives many versions of a file.
 */
const detached = (part: string): string => (part.length < NEVER_A_SLICE ? part : ` ${part}`.slice(1));

/** JavaScript engines copy shorter ones anyway. */
const NEVER_A_SLICE = 13;

const own = ({ start, end, text }: Comment, by: number): Comment => ({
  start: start - by,
  end: end - by,
  text: detached(text),
});

const ownComments = (comments: readonly Comment[], by: number): readonly Comment[] =>
  comments.length === 0 ? NO_COMMENTS : comments.map(comment => own(comment, by));

const NO_COMMENTS: readonly Comment[] = [];
const NO_LINES: readonly Span[] = [];
const NO_HEREDOCS: readonly Heredoc[] = [];

interface Read {
  /** Undefined where only comments and blank lines are left. */
  readonly part: Segment | undefined;
  /** Absolute start of the instruction. */
  readonly start: number;
  readonly comments: readonly Comment[];
  /** Absolute start of the next segment. */
  readonly next: number;
}

/** Reads one segment: comments and blank lines, then an instruction, if there is one. */
export function readSegment(text: string, from: number, escape: '\\' | '`'): Read {
  const comments: Comment[] = [];
  let at = from;
  while (at < text.length) {
    const line = lineFrom(text, at);
    const start = skipSpaces(text, line.start, line.end);
    if (start === line.end) {
      at = line.next;
      continue;
    }
    if (text.charCodeAt(start) === 35) {
      comments.push(commentFrom(text, line, start));
      at = line.next;
      continue;
    }
    const logical = logicalLine(text, line, start, escape);
    if (skipSpaces(logical.joined.text, 0) === logical.joined.text.length) {
      // Nothing but a continuation character up to the end of the file.
      at = logical.next;
      continue;
    }
    const instruction = read(text, logical, escape);
    const end = start + instruction.text.length;
    const next = instruction.heredocs.length > 0 ? afterHeredocs(text, end, logical.next) : logical.next;
    const part: Segment = {
      instruction,
      leading: ownComments(comments, start),
      segment: from - start,
      length: instruction.text.length,
      next: next - start,
      kept: undefined,
    };
    return { part, start, comments, next };
  }
  return { part: undefined, start: text.length, comments, next: text.length };
}

function afterHeredocs(text: string, end: number, logicalNext: number): number {
  return Math.max(logicalNext, lineFrom(text, end).next);
}

const HEREDOC_KEYWORDS: ReadonlySet<string> = new Set(['RUN', 'COPY', 'ADD']);

/** Whether the logical line can open heredocs (parser.go, canContainHeredoc). */
function canHoldHeredoc(instruction: Instruction): boolean {
  const target = instruction.keyword === 'ONBUILD' ? instruction.trigger : instruction;
  return target !== undefined && HEREDOC_KEYWORDS.has(target.keyword) && target.json === undefined;
}

function read(text: string, logical: LogicalLine, escape: '\\' | '`'): Instruction {
  const { start } = logical;
  const mayHold = logical.joined.text.includes('<<');
  if (!mayHold) {
    const hit = cached(text.slice(start, logical.end), escape);
    if (hit) return hit;
  }
  const plain = make(text, logical, escape, logical.end, NO_HEREDOCS);
  const opened = mayHold && canHoldHeredoc(plain) ? openers(logical.joined.text) : [];
  if (opened.length === 0) {
    remember(plain);
    return plain;
  }
  const bodies = readHeredocs(text, logical.next, opened);
  const end = Math.max(logical.end, bodies.end);
  const hit = cached(text.slice(start, end), escape);
  if (hit) return hit;
  const heredocs = bodies.heredocs.map(heredoc => shiftHeredoc(heredoc, start));
  const whole = make(text, logical, escape, end, heredocs);
  remember(whole);
  return whole;
}

function make(
  text: string,
  { start, end: lineEnd, joined, comments, emptyLines }: LogicalLine,
  escape: '\\' | '`',
  end: number,
  heredocs: readonly Heredoc[],
): Instruction {
  const copy = detached(text.slice(start, end));
  // A line that is not continued is its own logical line.
  const isSame = end === lineEnd && joined.text.length === copy.length;
  return new Instruction(
    copy,
    escape,
    {
      text: isSame ? copy : detached(joined.text),
      at: joined.at,
      source: joined.source.length === 1 ? AT_START : joined.source.map(offset => offset - start),
    },
    heredocs,
    ownComments(comments, start),
    emptyLines.length === 0 ? NO_LINES : emptyLines.map(line => ({ start: line.start - start, end: line.end - start })),
  );
}
