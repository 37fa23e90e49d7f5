import { type Dockerfile, isOpen } from '../dockerfile/index.js';
import { type AnyResult, isOfCompose } from '../engine/lint-compose.js';
import { composeFixable, refusalOf } from '../fixes/index.js';
import type { Fix } from '../profiles/types.js';
import { firstIndex } from '../text/first-index.js';
import type { Span } from '../text/span.js';

/**
 * Whether an edit will be given when it is chosen: what verification refuses is not offered. In an instruction without
 * comments, blank lines and heredocs no fix is refused, and a whole file may have thousands of them, so those are not tried.
 */
export function isApplicable(result: AnyResult, { edits, effect }: Pick<Fix, 'edits' | 'effect'>): boolean {
  if (edits.length === 0) return true;
  if (isOfCompose(result)) return composeFixable(result).refusalOf({ edits, effect }) === undefined;
  const { dockerfile } = result;
  const isPlain = edits.every(({ span }) => isPlainAt(dockerfile, span));
  return isPlain || refusalOf(dockerfile, { edits, effect }) === undefined;
}

function isPlainAt({ placements }: Dockerfile, { start, end }: Span): boolean {
  const { starts } = placements;
  const first = Math.max(0, firstIndex(starts.length, index => (starts[index] ?? 0) > start) - 1);
  for (let index = first; index < starts.length && (starts[index] ?? 0) <= end; index++) {
    const { instruction } = placements.get(index);
    const { comments, emptyLines, heredocs } = instruction;
    if (comments.length > 0 || emptyLines.length > 0 || heredocs.length > 0 || isOpen(instruction)) return false;
  }
  return true;
}
