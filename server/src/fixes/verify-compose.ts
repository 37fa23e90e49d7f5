import { differenceOf, type Plain, plainOf } from '../compose/index.js';
import { applyEdits } from '../text/edits.js';
import type { Change, Verdict } from './change.js';

/** The last text that was looked at: many fixes are verified for one. */
let last: { readonly text: string; readonly plain: Plain } | undefined;

/**
 * Applies fixes to a Compose file and compares it value by value, aliases and merge keys resolved, with the file before:
 * nothing may differ outside the paths that they declare, no comment may be lost, and all of it must still be read.
 */
export function verifyCompose(text: string, changes: readonly Change[]): Verdict {
  let after: string;
  try {
    after = applyEdits(
      text,
      changes.flatMap(({ edits }) => edits),
    );
  } catch (error) {
    if (error instanceof RangeError) return { refusal: error.message };
    throw error;
  }
  if (last?.text !== text) last = { text, plain: plainOf(text) };
  const refusal = compare(last.plain, plainOf(after), changes);
  return refusal === undefined ? { text: after } : { refusal };
}

function compare(before: Plain, after: Plain, changes: readonly Change[]): string | undefined {
  if (after.problems > before.problems) return 'the file would not be read as a whole';
  if (after.documents !== before.documents) return 'the number of documents changed';
  const effects = changes.map(({ effect }) => effect);
  if (!effects.some(effect => effect.comments === 'remove') && isLost(before.comments, after.comments))
    return 'a comment was lost or changed';
  if (!effects.some(effect => effect.comments) && after.comments.length > before.comments.length)
    return 'a comment was added';
  const difference = differenceOf(
    before.values,
    after.values,
    effects.flatMap(effect => effect.paths ?? []),
  );
  return difference && `the value at ${difference.join('.') || 'the top'} changed`;
}

/** Whether some comment is not there any longer, each in its turn. */
function isLost(before: readonly string[], after: readonly string[]): boolean {
  let at = 0;
  for (const comment of after) if (comment === before[at]) at++;
  return at < before.length;
}
