import type { Comment, Dockerfile, Instruction, Placed, Since } from '../dockerfile/index.js';
import { isPragma } from '../edits/placing.js';
import { firstIndex } from '../text/first-index.js';
import type { Edit } from '../text/span.js';

/** Comments with the keyword of the instruction they belong to, where a tool reads them. */
interface Remark {
  readonly text: string;
  readonly pragmaOf: string | undefined;
}

/** What the edits between two untouched instructions made of one part of a file. */
export interface Gap {
  readonly consumed: Placed[];
  readonly produced: Placed[];
  readonly commentsBefore: Remark[];
  readonly commentsAfter: Remark[];
  /** Where it begins in the text before, and where it ends. */
  readonly from: number;
  to: number;
}

/**
 * The instructions to compare: `from`…`oldEnd` of one file, `from`…`newEnd` of the other. They are those that the edits
 * touch, also where reading them again found others to be the same: of two alike it does not matter which one went.
 */
function window(
  { placements: old }: Dockerfile,
  { placements: now, since }: Dockerfile,
  edits: readonly Edit[],
): Pick<Since, 'from' | 'oldEnd' | 'newEnd'> {
  const count = old.parts.length;
  if (since?.version !== old.version) return { from: 0, oldEnd: count, newEnd: now.parts.length };
  const start = edits[0]?.span.start ?? 0;
  const end = edits.reduce((furthest, { span }) => Math.max(furthest, span.end), 0);
  const from = Math.max(0, Math.min(since.from, firstBehind(old.starts, start) - 1));
  const oldEnd = Math.max(since.oldEnd, firstBehind(old.starts, end));
  return { from, oldEnd, newEnd: oldEnd + now.parts.length - count };
}

/** The index of the first instruction that starts after an offset. */
const firstBehind = (starts: Int32Array, offset: number): number =>
  firstIndex(starts.length, index => (starts[index] ?? 0) > offset);

/** Splits both files at the instructions that no edit touches; each of those must be unchanged where the edits moved it. */
export function align(before: Dockerfile, after: Dockerfile, edits: readonly Edit[]): Gap[] | string {
  const { from, oldEnd, newEnd } = window(before, after, edits);
  const produceable = after.placements.range(from, newEnd);
  const byStart = new Map(produceable.map(placed => [placed.start, placed] as const));
  const gaps: Gap[] = [];
  const open = (at: number): Gap => ({
    consumed: [],
    produced: [],
    commentsBefore: [],
    commentsAfter: [],
    from: at,
    to: before.text.length,
  });
  const above = from > 0 ? before.placements.get(from - 1) : undefined;
  let gap = open(above ? above.start + above.length : 0);
  let produced = from;
  let edit = 0;
  let delta = 0;
  const takeUntil = (end: number): void => {
    for (; produced < end; produced++) {
      const placed = after.placements.get(produced);
      gap.produced.push(placed);
      gap.commentsAfter.push(...remarks(placed), ...inside(placed));
    }
  };
  for (const placed of before.placements.range(from, oldEnd)) {
    const start = placed.start;
    const end = start + placed.length;
    while (edit < edits.length && (edits[edit]?.span.end ?? 0) <= start) {
      const done = edits[edit];
      if (done) delta += done.text.length - (done.span.end - done.span.start);
      edit++;
    }
    gap.commentsBefore.push(...remarks(placed));
    const next = edits[edit];
    if (next && next.span.start < end) {
      gap.consumed.push(placed);
      gap.commentsBefore.push(...inside(placed));
      continue;
    }
    // An insertion right at the end of an instruction changes it, unless it begins a new line.
    if (next && next.span.start === end && !/^\r?\n/.test(next.text) && !(next.text === '' && next.span.end > end)) {
      gap.consumed.push(placed);
      gap.commentsBefore.push(...inside(placed));
      continue;
    }
    const match = byStart.get(start + delta);
    if (!match || !sameInstruction(match.instruction, placed.instruction))
      return `${placed.instruction.keyword} was changed without being touched`;
    takeUntil(match.index);
    gap.commentsAfter.push(...remarks(match));
    produced = match.index + 1;
    gap.to = start;
    gaps.push(gap);
    gap = open(end);
  }
  takeUntil(newEnd);
  const below = before.placements.at(oldEnd);
  if (below) gap.to = below.start;
  else {
    gap.commentsBefore.push(...before.trailing.map(plain));
    gap.commentsAfter.push(...after.trailing.map(plain));
  }
  gaps.push(gap);
  return gaps;
}

const sameInstruction = (a: Instruction, b: Instruction): boolean =>
  a === b || (a.text === b.text && a.escape === b.escape);

const plain = ({ text }: Comment): Remark => ({ text, pragmaOf: undefined });

const remarks = ({ leading, instruction }: Placed): Remark[] =>
  leading.map(comment => ({ text: comment.text, pragmaOf: isPragma(comment) ? instruction.keyword : undefined }));

const inside = ({ instruction }: Placed): Remark[] => instruction.comments.map(plain);
