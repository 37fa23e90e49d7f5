import type { Flag, Instruction } from '../dockerfile/index.js';

const asWritten = ({ text }: Flag): string => text;

/** The flags of an instruction, whatever their order: equal for instructions that have the same. */
export const sortedFlags = ({ flags }: Instruction, textOf: (flag: Flag) => string = asWritten): string =>
  flags.length === 0 ? '' : flags.map(textOf).sort().join('\n');
