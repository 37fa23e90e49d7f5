import { type Dockerfile, isOpen, type Placed } from '../dockerfile/index.js';
import type { Change } from '../text/change.js';
import { firstIndex } from '../text/first-index.js';
import { type LineIndex, lineAt } from '../text/line-index.js';
import { moved, type Span } from '../text/span.js';

/**
 * The places where somebody types: the line of each cursor, with the instruction that it is a part of over all its lines
 * and its heredoc. A blank line outside every instruction is no such place: the instruction above it is done.
 */
export function placesBeingTyped(dockerfile: Dockerfile, index: LineIndex, cursors: readonly number[]): Span[] {
  return cursors.flatMap(cursor => placeBeingTyped(dockerfile, index, cursor) ?? []);
}

function placeBeingTyped(dockerfile: Dockerfile, index: LineIndex, cursor: number): Span | undefined {
  const line = lineAt(index, cursor);
  const next = index.starts[line + 1];
  // A line without its ending: what begins in the next line is not touched.
  const own: Span = { start: index.starts[line] ?? 0, end: next === undefined ? index.text.length : next - 1 };
  const { placements } = dockerfile;
  const last = firstIndex(placements.parts.length, at => (placements.starts[at] ?? 0) > own.end) - 1;
  const placed = placements.at(last);
  if (placed && reaches(placed, own.start, dockerfile.text))
    return { start: Math.min(own.start, placed.start), end: Math.max(own.end, placed.start + placed.length) };
  return dockerfile.text.slice(own.start, own.end).trim() === '' ? undefined : own;
}

/** Whether an instruction is in the line, or goes on in it: the line may be empty below a backslash or an open heredoc. */
function reaches(placed: Placed, lineStart: number, text: string): boolean {
  const end = placed.start + placed.length;
  if (end >= lineStart) return true;
  return isOpen(placed.instruction) && text.slice(end, lineStart).trim() === '';
}

/** Where a span is after a change; what the change touches becomes a part of it. */
export function after(span: Span, { from, oldEnd, newEnd }: Change): Span {
  const by = newEnd - oldEnd;
  if (span.end < from) return span;
  if (span.start > oldEnd) return moved(span, by);
  return { start: Math.min(span.start, from), end: Math.max(span.end + by, newEnd) };
}

export const touches = (a: Span, b: Span): boolean => a.start <= b.end && b.start <= a.end;
