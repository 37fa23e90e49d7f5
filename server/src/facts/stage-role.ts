import type { Stage } from './stages.js';

/** How the stage of an instruction counts for the image that is shipped. */
export interface StageRole {
  readonly isFinal: boolean;
  readonly inFinalImage: boolean;
  readonly isUsed: boolean;
  /** The file has more than one stage. */
  readonly multiStage: boolean;
  /** Some later stage is FROM this one. */
  readonly isBase: boolean;
}

// Few possible roles, one object each, so that identity tells them apart. Without any FROM, as while one is being typed or
// in a snippet, everything counts as the stage that is shipped.
const roles = new Map<number, StageRole>();
export function roleOf(stage: Stage | undefined, multiStage: boolean): StageRole {
  const isBase = stage?.isBase ?? false;
  const bits = stage
    ? (stage.isFinal ? 1 : 0) |
      (stage.inFinalImage ? 2 : 0) |
      (stage.isUsed ? 4 : 0) |
      (multiStage ? 8 : 0) |
      (isBase ? 16 : 0)
    : multiStage
      ? 32
      : 64;
  const key = bits;
  let known = roles.get(key);
  if (known) return known;
  known = {
    isFinal: stage?.isFinal ?? !multiStage,
    inFinalImage: stage?.inFinalImage ?? !multiStage,
    isUsed: stage?.isUsed ?? !multiStage,
    multiStage,
    isBase,
  };
  roles.set(key, known);
  return known;
}
