import { firstIndex } from '../text/first-index.js';
import type { Edit } from '../text/span.js';

/**
 * Edits that turn `before` into `after`, line by line, so that cursors, folds and breakpoints elsewhere stay where they are.
 * Lines are matched greedily from both ends and then by the next equal line; it is exact, though not always the shortest.
 */
export function minimalEdit(before: string, after: string): Edit[] {
  const a = splitLines(before);
  const b = splitLines(after);
  const edits: Edit[] = [];
  let i = 0;
  let j = 0;
  let offset = 0;
  const ahead = new Map<string, number[]>();
  b.forEach((line, index) => {
    const list = ahead.get(line);
    if (list) list.push(index);
    else ahead.set(line, [index]);
  });
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      offset += a[i]?.length ?? 0;
      i++;
      j++;
      continue;
    }
    // The next line of `before` that is still to come in `after`, and close: everything up to it was replaced.
    let endA = a.length;
    let endB = b.length;
    for (let k = i; k < Math.min(a.length, i + 200); k++) {
      const line = a[k] ?? '';
      if (line.trim() === '') continue;
      const found = firstFrom(ahead.get(line) ?? [], j);
      if (found !== undefined && found - j < 200) {
        endA = k;
        endB = found;
        break;
      }
    }
    const removed = a.slice(i, endA).join('');
    edits.push({ span: { start: offset, end: offset + removed.length }, text: b.slice(j, endB).join('') });
    offset += removed.length;
    i = endA;
    j = endB;
  }
  return edits;
}

/** The first of some ascending numbers that is not less than another. */
const firstFrom = (ascending: readonly number[], least: number): number | undefined =>
  ascending[firstIndex(ascending.length, index => (ascending[index] ?? least) >= least)];

function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
