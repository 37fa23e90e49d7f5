import type { Instruction } from '../../dockerfile/index.js';

/**
 * What `make` says of an instruction by its text alone, wherever it stands. The instruction is the same object from one
 * version of a file to the next unless it was edited, so a key costs this for the instruction that it goes into.
 */
export function perInstruction<T extends object>(
  make: (instruction: Instruction) => T,
): (instruction: Instruction) => T {
  const known = new WeakMap<Instruction, T>();
  return instruction => {
    let value = known.get(instruction);
    if (!value) {
      value = make(instruction);
      known.set(instruction, value);
    }
    return value;
  };
}
