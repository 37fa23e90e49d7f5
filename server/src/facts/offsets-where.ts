import type { Placed } from '../dockerfile/index.js';

const NONE: readonly number[] = [];

/** The offsets of the instructions for which a test holds, as `FileFacts.select` wants them; mostly there are none. */
export function offsetsWhere(instructions: readonly Placed[], test: (placed: Placed) => boolean): readonly number[] {
  let found: number[] | undefined;
  for (let offset = 0; offset < instructions.length; offset++) {
    const placed = instructions[offset];
    if (!placed || !test(placed)) continue;
    found ??= [];
    found.push(offset);
  }
  return found ?? NONE;
}
