import type { Placed } from '../dockerfile/index.js';
import type { FileFacts } from './index.js';

/** Whether a stage, or one it is FROM, has an instruction with this keyword above `placed`. */
export function hasAbove(facts: FileFacts, placed: Placed, keyword: string): boolean {
  const stage = facts.stageOf(placed);
  const instructions = stage ? facts.lineage(stage) : facts.preamble;
  return instructions.some(other => other.index < placed.index && other.instruction.keyword === keyword);
}
