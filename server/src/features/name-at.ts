import type { FileFacts } from '../facts/index.js';
import type { NameHere } from './names.js';
import { stageNameAt } from './stage-names.js';
import { variableNameAt } from './variables.js';

/** The stage or the variable that is named at a place. */
export const nameAt = (facts: FileFacts, offset: number): NameHere | undefined =>
  stageNameAt(facts, offset) ?? variableNameAt(facts, offset);
