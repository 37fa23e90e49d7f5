import type { Instruction } from './instruction.js';

let slots = 0;

/**
 * What `make` says of an instruction, worked out once and kept with it, wherever it stands in whichever version of a file.
 * It must depend on nothing else. Rules and facts ask for a dozen such things of each instruction with each key: in a
 * WeakMap, each answer would be a search through memory that has been cold since the key before.
 */
export function perInstruction<T>(make: (instruction: Instruction) => T): (instruction: Instruction) => T {
  const slot = slots++;
  return instruction => {
    const known = instruction.kept[slot];
    // In this slot lies nothing but what is put there below.
    if (known !== undefined) return (known === NOTHING ? undefined : known) as T;
    const made = make(instruction);
    instruction.kept[slot] = made ?? NOTHING;
    return made;
  };
}

/** In place of `undefined`. */
const NOTHING = {};
