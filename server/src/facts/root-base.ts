import type { Base, Stage } from './index.js';

/** What a stage finally rests on, through the stages in between. */
export function rootBase(stage: Stage | undefined): Base | undefined {
  let base = stage?.base;
  while (base?.kind === 'stage') base = base.stage.base;
  return base;
}
