import type { Change } from './change.js';

/** Zero-based line and character. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/**
 * How lines and characters are counted. `file`: a line ends at LF, as for BuildKit, and a character is a UTF-16 unit. In
 * the LSP a line ends at a lone CR as well, and a character is a unit of the encoding that was agreed on.
 */
export type Counting = 'file' | 'utf-16' | 'utf-8';

/** Offset of the first character of every line of a text. */
export interface LineIndex {
  readonly text: string;
  readonly counting: Counting;
  readonly starts: Int32Array;
}

const CR = 13;
const LF = 10;

export function lineIndex(text: string, counting: Counting = 'file'): LineIndex {
  const found = startsBetween(text, 1, text.length, counting);
  // Not by Int32Array.from, which goes through an iterator.
  const starts = new Int32Array(found.length + 1);
  starts.set(found, 1);
  return { text, counting, starts };
}

/** The index of `text`, which came from another text, with the index `before`, by one change. */
export function lineIndexAfter(before: LineIndex, text: string, change: Change): LineIndex {
  const { from, oldEnd, newEnd } = change;
  const old = before.starts;
  // What is before a start and what is at it decide whether it is one: CR and LF may have come together.
  const first = Math.max(1, from);
  const kept = lineAt(before, first - 1) + 1;
  const rest = lineAt(before, Math.max(oldEnd, first - 1)) + 1;
  const added = startsBetween(text, first, newEnd, before.counting);
  const starts = new Int32Array(kept + added.length + old.length - rest);
  starts.set(old.subarray(0, kept));
  starts.set(added, kept);
  const moved = kept + added.length;
  starts.set(old.subarray(rest), moved);
  const delta = newEnd - oldEnd;
  if (delta !== 0) for (let line = moved; line < starts.length; line++) starts[line] = (starts[line] ?? 0) + delta;
  return { text, counting: before.counting, starts };
}

/** The starts of lines from one offset to another, both included. */
function startsBetween(text: string, from: number, to: number, counting: Counting): number[] {
  const starts: number[] = [];
  for (let at = from; at <= to; at++) {
    const before = text.charCodeAt(at - 1);
    if (before === LF || (before === CR && counting !== 'file' && text.charCodeAt(at) !== LF)) starts.push(at);
  }
  return starts;
}

/** The zero-based line that holds `offset`. */
export function lineAt(index: LineIndex, offset: number): number {
  let low = 0;
  let high = index.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((index.starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

export function positionAt(index: LineIndex, offset: number): Position {
  const clamped = Math.max(0, Math.min(offset, index.text.length));
  const line = lineAt(index, clamped);
  const start = index.starts[line] ?? 0;
  return { line, character: index.counting === 'utf-8' ? bytesIn(index.text, start, clamped) : clamped - start };
}

/** A line or a character that is not there is the end of the text or of the line (LSP, Position). */
export function offsetAt(index: LineIndex, { line, character }: Position): number {
  const { text, starts, counting } = index;
  if (line >= starts.length) return text.length;
  const start = starts[Math.max(0, line)] ?? 0;
  const end = endOfLine(index, Math.max(0, line));
  if (counting !== 'utf-8') return Math.min(start + Math.max(0, character), end);
  let at = start;
  for (let bytes = 0; at < end; ) {
    bytes += bytesAt(text, at);
    // A position within a character is one before it.
    if (bytes > character) break;
    at += unitsAt(text, at);
  }
  return at;
}

/** Where the text of a line ends, without what ends the line. */
function endOfLine({ text, starts }: LineIndex, line: number): number {
  const start = starts[line] ?? 0;
  let end = starts[line + 1];
  if (end === undefined) return text.length;
  if (text.charCodeAt(end - 1) === LF) end--;
  return end > start && text.charCodeAt(end - 1) === CR ? end - 1 : end;
}

function bytesIn(text: string, from: number, to: number): number {
  let bytes = 0;
  for (let at = from; at < to; at += unitsAt(text, at)) bytes += bytesAt(text, at);
  return bytes;
}

/** The length in UTF-8 of the character at an offset. */
function bytesAt(text: string, at: number): number {
  const code = text.codePointAt(at) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

const unitsAt = (text: string, at: number): number => ((text.codePointAt(at) ?? 0) < 0x10000 ? 1 : 2);
