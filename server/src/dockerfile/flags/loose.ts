import type { Instruction } from '../instruction.js';
import { perInstruction } from '../per-instruction.js';
import { FLAGS } from './table.js';

/**
 * Whether a flag has lost its value: in `COPY --chown 1000:1000 a /b` the owner counts as a file. What the other words mean
 * can then only be told once the flag is right.
 */
export const hasLooseFlag = perInstruction(
  (instruction: Instruction): boolean =>
    instruction.flags.some(({ name, value }) => value === undefined && !FLAGS[instruction.keyword]?.[name]?.isSwitch) ||
    (instruction.trigger !== undefined && hasLooseFlag(instruction.trigger)),
);
