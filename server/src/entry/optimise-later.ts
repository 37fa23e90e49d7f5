import { createRequire } from 'node:module';
import { SAVED, SAVING } from '../cli/run-cached.js';

interface Flags {
  readonly later: string;
  /** V8's default. */
  readonly usual: string;
}

// Each flag goes to the versions it was measured with: V8 complains on standard error about flags that it does not know.
const FLAGS: Readonly<Record<string, Flags>> = {
  v20: { later: '--interrupt-budget=1000000', usual: '--interrupt-budget=67584' },
  v22: { later: '--invocation-count-for-turbofan=20000', usual: '--invocation-count-for-turbofan=3000' },
  v24: { later: '--invocation-count-for-turbofan=20000', usual: '--invocation-count-for-turbofan=3000' },
};
const flags = FLAGS[process.version.slice(0, 3)];

function set(which: keyof Flags): void {
  if (!flags) return;
  // Loading this module takes 2 ms, which the language server saves.
  const v8: typeof import('node:v8') = createRequire(__filename)('node:v8');
  v8.setFlagsFromString(flags[which]);
}

/**
 * In a run that is over soon, optimised code takes longer to make than there is left to use it, but for what runs really
 * often: of the first fifteen files alone it would be a third of all work. To be called when the work begins, and not
 * before: what V8 compiled for Node, or in an earlier run, counts under the flags of that time only. It is the same for all
 * threads of the process.
 */
export const optimiseLater = (): void => set('later');

/** Does something for which V8's flags must be those that it begins with. */
export function asUsual<T>(act: () => T): T {
  set('usual');
  try {
    return act();
  } finally {
    set('later');
  }
}

/** Compiled code that is kept for the next run is kept under the flags that it begins with. */
export function saveAsUsual(): void {
  const events: NodeJS.EventEmitter = process;
  events.on(SAVING, () => set('usual')).on(SAVED, optimiseLater);
}
