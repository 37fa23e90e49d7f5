import { sortEdits } from '../text/edits.js';
import type { Edit, Span } from '../text/span.js';

/** A stretch of text: a part of the original, or something that fixes put there. */
interface Piece {
  readonly text: string;
  /** Offset in the original text; undefined for new text. */
  readonly origin: number | undefined;
  readonly by: ReadonlySet<number>;
}

/** An edit of the original text with the fixes that it is the sum of. */
export interface TracedEdit extends Edit {
  readonly by: readonly number[];
}

export interface Traced {
  readonly pieces: readonly Piece[];
}

export const original = (text: string): Traced => ({ pieces: [{ text, origin: 0, by: new Set() }] });

/** Applies one round of edits; each edit is marked with the number of the fix that made it. */
export function trace(traced: Traced, edits: readonly { readonly edit: Edit; readonly by: number }[]): Traced {
  const owner = new Map(edits.map(({ edit, by }) => [edit, by] as const));
  const sorted = sortEdits(edits.map(({ edit }) => edit));
  const pieces: Piece[] = [];
  let index = 0;
  let offset = 0;
  let at = 0;
  const list = traced.pieces;
  // Copies or drops text up to an offset of the text before this round.
  const advance = (to: number, keep: boolean, dropped: Set<number>): void => {
    while (at < to) {
      const piece = list[index];
      if (!piece) return;
      const inside = at - offset;
      const take = Math.min(piece.text.length - inside, to - at);
      if (keep && take > 0) {
        pieces.push({
          text: piece.text.slice(inside, inside + take),
          origin: piece.origin === undefined ? undefined : piece.origin + inside,
          by: piece.by,
        });
      } else for (const by of piece.by) dropped.add(by);
      at += take;
      if (at - offset >= piece.text.length) {
        offset += piece.text.length;
        index++;
      }
    }
  };
  for (const edit of sorted) {
    const by = new Set([owner.get(edit) ?? 0]);
    advance(edit.span.start, true, by);
    advance(edit.span.end, false, by);
    pieces.push({ text: edit.text, origin: undefined, by });
  }
  advance(Number.POSITIVE_INFINITY, true, new Set());
  return { pieces };
}

/** New text that one fix, or several together, put there. */
interface Part {
  readonly text: string;
  readonly by: ReadonlySet<number>;
}

/**
 * The sum of all rounds as edits of the original text, in order and free of overlaps. What different fixes insert at the
 * same place stays apart, one edit after the other, so that each can be taken or left.
 */
export function tracedEdits(traced: Traced, text: string): TracedEdit[] {
  const edits: TracedEdit[] = [];
  let at = 0;
  let pending: Part[] = [];
  const add = (start: number, end: number, parts: readonly Part[]): void => {
    const by = [...new Set(parts.flatMap(part => [...part.by]))].sort((a, b) => a - b);
    const joined = parts.map(part => part.text).join('');
    if (joined !== text.slice(start, end)) edits.push({ span: { start, end } satisfies Span, text: joined, by });
  };
  const flush = (to: number): void => {
    if (to > at) add(at, to, pending);
    else for (const part of pending) add(at, at, [part]);
    pending = [];
  };
  for (const piece of traced.pieces) {
    if (piece.origin === undefined) {
      pending.push(piece);
      continue;
    }
    if (pending.length > 0 || piece.origin > at) flush(piece.origin);
    at = piece.origin + piece.text.length;
  }
  flush(text.length);
  return edits;
}

/**
 * One edit for each change that stands or falls as a whole: edits that share a fix are joined, with the text between them,
 * so that deselecting one in a preview never leaves half of a fix behind.
 */
export function together(edits: readonly TracedEdit[], text: string): TracedEdit[] {
  const firstOf = new Map<number, number>();
  // Where each edit's group begins: joining is a matter of intervals, since what is between belongs to the group too.
  const start = edits.map((edit, index) => {
    let from = index;
    for (const fix of edit.by) {
      from = Math.min(from, firstOf.get(fix) ?? index);
      if (!firstOf.has(fix)) firstOf.set(fix, index);
    }
    return from;
  });
  const groups: { from: number; to: number }[] = [];
  edits.forEach((_, index) => {
    let from = start[index] ?? index;
    while (groups.length > 0 && (groups.at(-1)?.to ?? -1) >= from) from = Math.min(from, groups.pop()?.from ?? from);
    groups.push({ from, to: index });
  });
  return groups.flatMap(({ from, to }) => {
    const members = edits.slice(from, to + 1);
    const [first] = members;
    const last = members.at(-1);
    if (!first || !last) return [];
    let joined = '';
    let at = first.span.start;
    for (const member of members) {
      joined += text.slice(at, member.span.start) + member.text;
      at = member.span.end;
    }
    return [
      {
        span: { start: first.span.start, end: last.span.end },
        text: joined,
        by: [...new Set(members.flatMap(member => member.by))].sort((a, b) => a - b),
      },
    ];
  });
}
