import { type Edit, overlaps } from './span.js';

/** Edits by position; insertions at one place keep the order in which they were given. */
export function sortEdits(edits: readonly Edit[]): Edit[] {
  return edits
    .map((edit, order) => ({ edit, order }))
    .sort((a, b) => a.edit.span.start - b.edit.span.start || a.edit.span.end - b.edit.span.end || a.order - b.order)
    .map(entry => entry.edit);
}

/**
 * Applies edits whose spans are offsets into `text`.
 * @throws RangeError when two edits overlap or one lies outside the text: that is a defect of the caller, never of a user's file.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const sorted = sortEdits(edits);
  const parts: string[] = [];
  let at = 0;
  let previous: Edit | undefined;
  for (const edit of sorted) {
    const { start, end } = edit.span;
    if (start > end || start < 0 || end > text.length) throw new RangeError(`edit ${start}-${end} is outside the text`);
    if (previous && (start < at || overlaps(previous.span, edit.span))) {
      throw new RangeError(`edits at ${previous.span.start} and ${start} overlap`);
    }
    parts.push(text.slice(at, start), edit.text);
    at = end;
    previous = edit;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

/**
 * Whether fixes with these edits have to be applied one after the other: where edits touch, the result could depend on
 * their order.
 */
export function conflict(a: readonly Edit[], b: readonly Edit[]): boolean {
  return a.some(one => b.some(other => one.span.start <= other.span.end && other.span.start <= one.span.end));
}
