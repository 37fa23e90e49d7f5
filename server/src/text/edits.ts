import { firstIndex } from './first-index.js';
import { type Edit, overlaps, type Span } from './span.js';

/** Edits by position; insertions at one place keep the order in which they were given. */
export function sortEdits(edits: readonly Edit[]): Edit[] {
  return edits
    .map((edit, order) => ({ edit, order }))
    .sort((a, b) => a.edit.span.start - b.edit.span.start || a.edit.span.end - b.edit.span.end || a.order - b.order)
    .map(entry => entry.edit);
}

/**
 * Applies edits whose spans are offsets into `text`.
 * @throws RangeError when two edits overlap or one is outside the text: that is a defect of the caller, never of a user's file.
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

/** Edits of which no two fixes' touch: where they do, the result could depend on their order. */
export class ApartEdits {
  /** In order; so are their ends. */
  readonly #spans: Span[] = [];

  /** Whether some of the edits touches one that was added. */
  touch(edits: readonly Edit[]): boolean {
    return edits.some(({ span }) => {
      const next = this.#spans[this.#firstEndingFrom(span.start)];
      return next !== undefined && next.start <= span.end;
    });
  }

  /** Adds edits, themselves free of overlaps, that touch none of those here. */
  add(edits: readonly Edit[]): void {
    for (const { span } of sortEdits(edits)) {
      const spans = this.#spans;
      const index = firstIndex(spans.length, at => isBehind(spans[at], span));
      spans.splice(index, 0, span);
    }
  }

  #firstEndingFrom(offset: number): number {
    const spans = this.#spans;
    return firstIndex(spans.length, at => (spans[at]?.end ?? offset) >= offset);
  }
}

const isBehind = (one: Span | undefined, other: Span): boolean =>
  one !== undefined && (one.start > other.start || (one.start === other.start && one.end > other.end));
