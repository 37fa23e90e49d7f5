import type { Change } from './change.js';

/** Zero-based line and UTF-16 character, as the LSP counts by default. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Offset of the first character of every line. Lines end at LF or CRLF; a lone CR does not end one (as in BuildKit). */
export interface LineIndex {
  readonly starts: Int32Array;
  readonly length: number;
}

export function lineIndex(text: string): LineIndex {
  const found = startsBetween(text, 0, text.length);
  // Not by Int32Array.from, which goes through an iterator.
  const starts = new Int32Array(found.length + 1);
  starts.set(found, 1);
  return { starts, length: text.length };
}

/** The index of `text`, which came from another text, with the index `before`, by one change. */
export function lineIndexAfter(before: LineIndex, text: string, change: Change): LineIndex {
  const { from, oldEnd, newEnd } = change;
  const old = before.starts;
  const kept = lineAt(before, from) + 1;
  const rest = lineAt(before, oldEnd) + 1;
  const added = startsBetween(text, from, newEnd);
  const starts = new Int32Array(kept + added.length + old.length - rest);
  starts.set(old.subarray(0, kept));
  starts.set(added, kept);
  const moved = kept + added.length;
  starts.set(old.subarray(rest), moved);
  const delta = newEnd - oldEnd;
  if (delta !== 0) for (let line = moved; line < starts.length; line++) starts[line] = (starts[line] ?? 0) + delta;
  return { starts, length: text.length };
}

function startsBetween(text: string, from: number, to: number): number[] {
  const starts: number[] = [];
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
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
  const clamped = Math.max(0, Math.min(offset, index.length));
  const line = lineAt(index, clamped);
  return { line, character: clamped - (index.starts[line] ?? 0) };
}

export function offsetAt(index: LineIndex, position: Position): number {
  if (position.line >= index.starts.length) return index.length;
  const start = index.starts[Math.max(0, position.line)] ?? 0;
  const next = index.starts[position.line + 1] ?? index.length;
  return Math.min(start + Math.max(0, position.character), next);
}
