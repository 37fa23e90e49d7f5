import type { Placed } from '../dockerfile/index.js';
import type { FileFacts, Stage } from '../facts/index.js';
import type { FixEdit } from './fix.js';
import { insertAbove, insertBelow, lastOf } from './placing.js';

/** Instructions that work on the file system, as the user in force. */
const WORK = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR', 'VOLUME']);
/** Instructions that say what runs in the container. */
const START = new Set(['CMD', 'ENTRYPOINT', 'HEALTHCHECK']);

/** The last instruction of a stage that works on the file system. */
export const lastWork = (stage: Stage): Placed | undefined =>
  stage.instructions.findLast(({ instruction }) => WORK.has(instruction.keyword));

/**
 * The first instruction after all work on the file system that says what runs; undefined when there is none. One that a
 * later one replaces does not count, so that it makes no difference whether it has been removed already.
 */
export function startOf({ instructions }: Stage): Placed | undefined {
  let first: Placed | undefined;
  const seen: string[] = [];
  for (let index = instructions.length - 1; index >= 0; index--) {
    const placed = instructions[index];
    if (!placed) break;
    const { keyword } = placed.instruction;
    if (WORK.has(keyword)) break;
    if (!START.has(keyword) || seen.includes(keyword)) continue;
    seen.push(keyword);
    first = placed;
  }
  return first;
}

/** Inserts instructions where the building is over: above what says what runs, else at the end of the stage. */
export function insertBeforeStart(facts: FileFacts, stage: Stage, instructions: string): FixEdit {
  const start = startOf(stage);
  return start ? insertAbove(facts, start, instructions) : insertBelow(facts, lastOf(stage), instructions);
}
