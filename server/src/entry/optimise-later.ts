import { createRequire } from 'node:module';
import { SAVED, SAVING } from '../cli/run-cached.js';
import { FLAGS } from './v8-flags.js';

const flags = FLAGS[process.version.slice(0, 3)];

const SOON_OVER = 0;
const USUAL = 1;

function set(which: 0 | 1): void {
  if (!flags) return;
  // Loading this module takes 2 ms, which the language server saves.
  const v8: typeof import('node:v8') = createRequire(__filename)('node:v8');
  for (const flag of flags) v8.setFlagsFromString(flag[which]);
}

/**
 * In a run that is over soon, optimised code takes longer to make than there is left to use it, but for what runs really
 * often: of the first fifteen files alone it would be a third of all work. To be called when the work begins, and not
 * before: what V8 compiled for Node, or in an earlier run, counts under the flags of that time only. It is the same for all
 * threads of the process.
 */
export const optimiseLater = (): void => set(SOON_OVER);

/** For V8 since 13, a flag that was set to its default is no longer the one that it began with. */
const isToldApart = process.version.startsWith('v24.');

/** Does something for which V8's flags must be those that it begins with, where nothing has been set yet. */
export function asAtFirst<T>(act: () => T): T {
  if (!isToldApart) return act();
  set(USUAL);
  try {
    return act();
  } finally {
    set(SOON_OVER);
  }
}

/** Compiled code that is kept for the next run is kept under the flags that it begins with. */
export function saveAsUsual(): void {
  const events: NodeJS.EventEmitter = process;
  events.on(SAVING, () => set(USUAL)).on(SAVED, optimiseLater);
}
