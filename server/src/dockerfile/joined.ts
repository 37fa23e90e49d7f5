import type { Span } from '../text/span.js';

/**
 * Text put together from several pieces of a source (continuation lines without their ends and comments),
 * with the way back. Piece `i` starts at `at[i]` in `text` and at `source[i]` in the source.
 */
export interface Joined {
  readonly text: string;
  readonly at: readonly number[];
  readonly source: readonly number[];
}

/** The piece that was found last: what is asked for next mostly is in it or in the one after it. */
let latestAt: readonly number[] | undefined;
let latest = 0;

function piece({ at }: Joined, offset: number): number {
  let low = 0;
  let high = at.length - 1;
  if (high === 0) return 0;
  if (at === latestAt && (at[latest] ?? 0) <= offset) {
    low = latest;
    if (low < high && (at[low + 1] ?? 0) <= offset) low++;
    if (low === high || offset < (at[low + 1] ?? 0)) {
      latest = low;
      return low;
    }
  }
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((at[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  latestAt = at;
  latest = low;
  return low;
}

/** Where the character at `offset` of the joined text is in the source. */
export function toSource(joined: Joined, offset: number): number {
  const index = piece(joined, offset);
  return (joined.source[index] ?? 0) + offset - (joined.at[index] ?? 0);
}

/** Like {@link toSource} for an exclusive end: at a seam it is the end of the piece before, not the start of the next. */
export function toSourceEnd(joined: Joined, offset: number): number {
  return offset > 0 ? toSource(joined, offset - 1) + 1 : toSource(joined, 0);
}

export function toSourceSpan(joined: Joined, start: number, end: number): Span {
  const index = piece(joined, start);
  const shift = (joined.source[index] ?? 0) - (joined.at[index] ?? 0);
  if (start >= end) return { start: start + shift, end: start + shift };
  // Most of what is asked for is within one piece.
  const next = joined.at[index + 1];
  return { start: start + shift, end: next === undefined || end <= next ? end + shift : toSourceEnd(joined, end) };
}

/** The part of a joined text from `start` to `end`, still mapped to the same source. */
export function slice(joined: Joined, start: number, end: number): Joined {
  if (start === 0 && end === joined.text.length) return joined;
  if (joined.at.length === 1) {
    const only = [(joined.source[0] ?? 0) + start];
    return { text: joined.text.slice(start, end), at: joined.at, source: only };
  }
  const first = piece(joined, start);
  const at: number[] = [];
  const source: number[] = [];
  for (let index = first; index < joined.at.length; index++) {
    const from = joined.at[index] ?? 0;
    if (index > first && from >= end) break;
    const cut = Math.max(0, start - from);
    at.push(from + cut - start);
    source.push((joined.source[index] ?? 0) + cut);
  }
  return { text: joined.text.slice(start, end), at, source };
}
