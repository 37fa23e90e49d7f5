import type { Span } from '../text/span.js';
import { skipSpaces } from './characters.js';
import { type Heredoc, openers, readHeredocs } from './heredoc.js';
import { canHoldHeredoc, Instruction } from './instruction.js';
import { type Comment, commentFrom, lineFrom, logicalLine } from './lines.js';

/** An instruction with what stands above it, wherever it is: the same object in the next version, unless the edit touched it. */
export interface Segment {
  readonly instruction: Instruction;
  /** Comment lines between the previous instruction and this one. Offsets are relative to `start`, so negative. */
  readonly leading: readonly Comment[];
  /** Where this segment begins: the end of the previous instruction's last line. Relative to `start`, so not positive. */
  readonly segment: number;
  /** End of the instruction, relative to `start`, without the last line ending. */
  readonly length: number;
  /** Where the next segment begins, relative to `start`. */
  readonly next: number;
}

/** An instruction at its place in a file. */
export interface Placed extends Segment {
  /** Absolute offset of the instruction's first character. */
  readonly start: number;
  readonly index: number;
  /** All of it but the place. */
  readonly part: Segment;
}

// An edit moves everything behind it, so these are made by the ten thousand: three fields, and the rest is looked up.
class PlacedSegment implements Placed {
  constructor(
    readonly part: Segment,
    readonly start: number,
    readonly index: number,
  ) {}

  get instruction(): Instruction {
    return this.part.instruction;
  }

  get leading(): readonly Comment[] {
    return this.part.leading;
  }

  get segment(): number {
    return this.part.segment;
  }

  get length(): number {
    return this.part.length;
  }

  get next(): number {
    return this.part.next;
  }
}

export interface Directive {
  readonly name: string;
  readonly value: string;
  /** Absolute; the whole comment. */
  readonly span: Span;
  readonly valueSpan: Span;
}

/** Something wrong with the file as a whole; `span` is absolute. */
export interface FileProblem {
  readonly message: string;
  readonly span: Span;
}

export interface Dockerfile {
  readonly text: string;
  readonly escape: '\\' | '`';
  readonly directives: readonly Directive[];
  readonly instructions: readonly Placed[];
  /** Comments after the last instruction; absolute offsets. */
  readonly trailing: readonly Comment[];
  readonly problems: readonly FileProblem[];
  /** Where the directives end and segments begin. */
  readonly body: number;
}

const DIRECTIVE = /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/;
const KNOWN_DIRECTIVES = new Set(['escape', 'syntax', 'check']);

interface Header {
  readonly directives: Directive[];
  readonly problems: FileProblem[];
  readonly escape: '\\' | '`';
  readonly body: number;
}

function readHeader(text: string): Header {
  const directives: Directive[] = [];
  const problems: FileProblem[] = [];
  let escape: '\\' | '`' = '\\';
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const seen = new Set<string>();
  while (at < text.length) {
    const line = lineFrom(text, at);
    const start = skipSpaces(text, line.start, line.end);
    const match = DIRECTIVE.exec(text.slice(start, line.end));
    const name = match?.[1]?.toLowerCase() ?? '';
    if (!match || !KNOWN_DIRECTIVES.has(name)) break;
    const value = match[2] ?? '';
    const span = { start, end: line.end };
    const valueStart = start + match[0].indexOf(value, match[0].indexOf('='));
    const valueSpan = { start: valueStart, end: valueStart + value.length };
    if (seen.has(name))
      problems.push({ message: `Remove this line: only one ${name} parser directive can be used.`, span });
    else if (name === 'escape' && value !== '\\' && value !== '`') {
      problems.push({ message: `Use \` or \\ as the escape character: “${value}” is neither.`, span: valueSpan });
    } else if (name === 'escape') escape = value === '`' ? '`' : '\\';
    seen.add(name);
    directives.push({ name, value, span, valueSpan });
    at = line.next;
  }
  return { directives, problems, escape, body: at };
}

// Instructions by escape character and text: an edit elsewhere, and the check of a fix, find them again.
const CACHE_LIMIT = 60_000;
let cache = new Map<string, Instruction>();
let older = new Map<string, Instruction>();

function cached(key: string): Instruction | undefined {
  const hit = cache.get(key);
  if (hit) return hit;
  const old = older.get(key);
  if (old) remember(key, old);
  return old;
}

function remember(key: string, instruction: Instruction): void {
  if (cache.size >= CACHE_LIMIT) {
    older = cache;
    cache = new Map();
  }
  cache.set(key, instruction);
}

const shift = (comment: Comment, by: number): Comment => ({
  ...comment,
  start: comment.start - by,
  end: comment.end - by,
});

function shiftHeredoc(heredoc: Heredoc, by: number): Heredoc {
  return {
    ...heredoc,
    span: { start: heredoc.span.start - by, end: heredoc.span.end - by },
    terminator: { start: heredoc.terminator.start - by, end: heredoc.terminator.end - by },
  };
}

const NO_COMMENTS: readonly Comment[] = [];

interface Read {
  readonly placed: Placed | undefined;
  readonly comments: readonly Comment[];
  /** Absolute start of the next segment. */
  readonly next: number;
}

/** Reads one segment: comments and blank lines, then an instruction, if there is one. */
function readSegment(text: string, from: number, index: number, escape: '\\' | '`'): Read {
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
      leading: comments.length === 0 ? NO_COMMENTS : comments.map(comment => shift(comment, start)),
      segment: from - start,
      length: instruction.text.length,
      next: next - start,
    };
    return { placed: new PlacedSegment(part, start, index), comments, next };
  }
  return { placed: undefined, comments, next: text.length };
}

function afterHeredocs(text: string, end: number, logicalNext: number): number {
  return Math.max(logicalNext, lineFrom(text, end).next);
}

function read(text: string, logical: ReturnType<typeof logicalLine>, escape: '\\' | '`'): Instruction {
  const { start } = logical;
  const key = escape + text.slice(start, logical.end);
  const mayHold = logical.joined.text.includes('<<');
  if (!mayHold) {
    const hit = cached(key);
    if (hit) return hit;
  }
  const make = (end: number, heredocs: readonly Heredoc[]): Instruction =>
    new Instruction(
      text.slice(start, end),
      escape,
      { text: logical.joined.text, at: logical.joined.at, source: logical.joined.source.map(offset => offset - start) },
      heredocs.map(heredoc => shiftHeredoc(heredoc, start)),
      logical.comments.map(comment => shift(comment, start)),
      logical.emptyLines.map(line => ({ start: line.start - start, end: line.end - start })),
    );
  const plain = make(logical.end, []);
  const opened = mayHold && canHoldHeredoc(plain) ? openers(logical.joined.text) : [];
  if (opened.length === 0) {
    remember(key, plain);
    return plain;
  }
  const bodies = readHeredocs(text, logical.next, opened);
  const end = Math.max(logical.end, bodies.end);
  const wholeKey = escape + text.slice(start, end);
  const hit = cached(wholeKey);
  if (hit) return hit;
  const whole = make(end, bodies.heredocs);
  remember(wholeKey, whole);
  return whole;
}

/** Parses a whole Dockerfile. Never throws on any text; what BuildKit would refuse is in `problems` and per instruction in problems.ts. */
export function parseDockerfile(text: string): Dockerfile {
  const header = readHeader(text);
  const instructions: Placed[] = [];
  let at = header.body;
  let trailing: readonly Comment[] = [];
  while (at < text.length) {
    const { placed, comments, next } = readSegment(text, at, instructions.length, header.escape);
    if (!placed) {
      trailing = comments;
      break;
    }
    instructions.push(placed);
    at = next;
  }
  return finish(text, header, instructions, trailing);
}

function finish(
  text: string,
  header: Header,
  instructions: readonly Placed[],
  trailing: readonly Comment[],
): Dockerfile {
  return {
    text,
    escape: header.escape,
    directives: header.directives,
    instructions,
    trailing,
    problems: header.problems,
    body: header.body,
  };
}

/**
 * Parses `text`, which is `previous.text` with the range `from`…`oldEnd` replaced (its new end is `newEnd`).
 * Equal to {@link parseDockerfile} in every respect, but reads only the instructions that the edit may have changed.
 */
export function reparseDockerfile(
  previous: Dockerfile,
  text: string,
  from: number,
  oldEnd: number,
  newEnd: number,
): Dockerfile {
  const old = previous.instructions;
  if (old.length === 0 || newEnd - from > 100_000) return parseDockerfile(text);
  let header: Header = {
    directives: [...previous.directives],
    problems: [...previous.problems],
    escape: previous.escape,
    body: previous.body,
  };
  // The line after the directives decided that there are no more of them, so a change in it may make one.
  if (from < lineFrom(previous.text, previous.body).next) {
    header = readHeader(text);
    if (text.slice(0, header.body) !== previous.text.slice(0, previous.body)) return parseDockerfile(text);
  }
  const delta = text.length - previous.text.length;
  // The last segment that starts before the edit: everything before it is untouched. One more back, since an edit can join lines.
  let keep = segmentAt(old, from) - 1;
  // What comes later may hold the end of a heredoc that has none.
  const isOpen = (index: number): boolean => {
    const heredocs = old[index]?.part.instruction.heredocs;
    return heredocs !== undefined && heredocs.length > 0 && heredocs.some(heredoc => !heredoc.terminated);
  };
  while (keep > 0 && isOpen(keep)) keep--;
  keep = Math.max(0, keep);
  for (let index = 0; index < keep; index++) if (isOpen(index)) return parseDockerfile(text);
  const instructions = old.slice(0, keep);
  const restart = old[keep];
  let at = restart ? restart.start + restart.segment : header.body;
  let candidate = keep;
  let trailing: readonly Comment[] = [];
  while (at < text.length) {
    if (at >= newEnd) {
      // Behind the edit: as soon as a segment starts where one started before, the rest is the same.
      const oldAt = at - delta;
      while (candidate < old.length && segmentStart(old[candidate]) < oldAt) candidate++;
      if (candidate < old.length && segmentStart(old[candidate]) === oldAt && oldAt > oldEnd) {
        const step = instructions.length - candidate;
        for (let index = candidate; index < old.length; index++) {
          const placed = old[index];
          if (placed)
            instructions.push(
              delta === 0 && step === 0 ? placed : new PlacedSegment(placed.part, placed.start + delta, index + step),
            );
        }
        trailing = previous.trailing.map(comment => shift(comment, -delta));
        return finish(text, header, instructions, trailing);
      }
    }
    const { placed, comments, next } = readSegment(text, at, instructions.length, header.escape);
    if (!placed) {
      trailing = comments;
      break;
    }
    instructions.push(placed);
    at = next;
  }
  return finish(text, header, instructions, trailing);
}

const segmentStart = (placed: Placed | undefined): number => (placed ? placed.start + placed.segment : -1);

/** The index of the last segment that starts at or before `offset`. */
function segmentAt(instructions: readonly Placed[], offset: number): number {
  let low = 0;
  let high = instructions.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (segmentStart(instructions[middle]) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
