/** After so many rounds without fewer findings than ever before there is a rule that feeds on its own fix. */
const PATIENCE = 12;

/** How near a batch has come to its end. */
export interface Progress {
  fewest: readonly number[] | undefined;
  idle: number;
}

export const startProgress = (): Progress => ({ fewest: undefined, idle: 0 });

/**
 * Whether a batch may go on. `left` is what is left of several kinds, one after the other: fewer of the first kind counts,
 * however many of the second that brings to light. What only ever gets less comes to an end, however long it takes; a batch
 * for which nothing gets less for many rounds would go on for ever.
 */
export function advances(progress: Progress, left: readonly number[]): boolean {
  if (!progress.fewest || isFewer(left, progress.fewest)) {
    progress.fewest = left;
    progress.idle = 0;
  } else progress.idle++;
  return progress.idle < PATIENCE;
}

function isFewer(left: readonly number[], fewest: readonly number[]): boolean {
  const differs = left.findIndex((count, index) => count !== fewest[index]);
  return differs >= 0 && (left[differs] ?? 0) < (fewest[differs] ?? 0);
}
