import { SAVED, SAVING } from '../cli/run-cached.js';

/** V8's own is for programs that run in a loop. For the one version that it was measured with, that of Node 20. */
const SOON = '--interrupt-budget=3000';
const USUAL = '--interrupt-budget=67584';

let isDone = process.versions.v8?.startsWith('11.3.') !== true;

/**
 * Most of what a key needs runs once with it, and V8 would optimise it after hundreds of keys only. To be called when
 * findings are out: before the first of them, optimised code takes longer to make than it saves.
 */
export function optimiseSoon(): void {
  if (isDone) return;
  isDone = true;
  // Not imported: loading it takes 2 ms of the start. Node before 20.16 does without.
  const v8 = process.getBuiltinModule?.('node:v8');
  if (!v8) return;
  v8.setFlagsFromString(SOON);
  // Compiled code that is kept for the next start counts under the flags that it was saved under.
  process.on(SAVING, () => v8.setFlagsFromString(USUAL)).on(SAVED, () => v8.setFlagsFromString(SOON));
}
