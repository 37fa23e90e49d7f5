import type { Placed } from '../../dockerfile/index.js';
import type { FileFacts, Stage } from '../../facts/index.js';
import type { FixEdit } from '../rule.js';
import { insertAbove, insertBelow, lastOf } from './placing.js';

/** Instructions that work on the file system, as the user in force. */
const WORK = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR', 'VOLUME']);
/** Instructions that say what runs in the container. */
const START = new Set(['CMD', 'ENTRYPOINT', 'HEALTHCHECK']);

/** The last instruction of a stage that works on the file system. */
export const lastWork = (stage: Stage): Placed | undefined =>
  stage.instructions.findLast(({ instruction }) => WORK.has(instruction.keyword));

/**
 * The first instruction behind all work on the file system that says what runs; undefined when there is none. One that a
 * later one replaces does not count, so that it makes no difference whether it has been removed already.
 */
export function startOf(stage: Stage): Placed | undefined {
  const after = lastWork(stage)?.index ?? -1;
  return stage.instructions.find(
    ({ instruction, index }) =>
      index > after && START.has(instruction.keyword) && !isReplaced(stage, instruction, index),
  );
}

const isReplaced = (stage: Stage, { keyword }: Placed['instruction'], at: number): boolean =>
  stage.instructions.some(({ instruction, index }) => index > at && instruction.keyword === keyword);

/** Inserts instructions where the building is over: above what says what runs, else at the end of the stage. */
export function insertBeforeStart(facts: FileFacts, stage: Stage, instructions: string): FixEdit {
  const start = startOf(stage);
  return start ? insertAbove(facts, start, instructions) : insertBelow(facts, lastOf(stage), instructions);
}
