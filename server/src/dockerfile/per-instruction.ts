import { slots } from '../text/memo.js';
import type { Instruction } from './instruction.js';

/**
 * What `make` says of an instruction, worked out once and kept with it, wherever it is in whichever version of a file.
 * It must depend on nothing else.
 */
export const perInstruction = slots<Instruction>();
