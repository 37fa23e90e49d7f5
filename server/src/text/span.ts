/** A half-open range of UTF-16 offsets, `start <= end`. What it is relative to is said where it is used. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Replaces `span` by `text`; an empty span inserts, an empty text deletes. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

export const moved = (range: Span, by: number): Span => ({ start: range.start + by, end: range.end + by });

/** From the start of `first` to the end of `last`. */
export const hull = (first: Span, last: Span): Span => ({ start: first.start, end: last.end });

/**
 * Whether two edits cannot both be applied. Two insertions at one place are allowed (they keep their order);
 * an insertion strictly inside a replaced range is not.
 */
export function overlaps(a: Span, b: Span): boolean {
  if (a.start === a.end && b.start === b.end) return false;
  if (a.start === a.end) return b.start < a.start && a.start < b.end;
  if (b.start === b.end) return a.start < b.start && b.start < a.end;
  return a.start < b.end && b.start < a.end;
}
