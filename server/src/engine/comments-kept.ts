import type { Placed } from '../dockerfile/index.js';
import type { FixEdit, FixEffect } from '../rules/rule.js';

/**
 * Whether a fix keeps the comments in the lines that it changes: one between the words of an instruction goes with the words
 * around it. Such a fix would be refused when it is chosen, so it is not offered.
 */
export function keepsComments(edits: readonly FixEdit[], effect: FixEffect | undefined, placed: Placed): boolean {
  if (effect?.comments === 'remove') return true;
  return edits.every(({ span, text, at = placed }) =>
    at.instruction.comments.every(
      ({ start, end }) =>
        end <= span.start || start >= span.end || text.includes(at.instruction.text.slice(start, end)),
    ),
  );
}
