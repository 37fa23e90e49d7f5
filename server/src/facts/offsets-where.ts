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

/** The offsets of the instructions with each keyword. */
export function byKeyword(instructions: readonly Placed[]): ReadonlyMap<string, readonly number[]> {
  const lists = new Map<string, number[]>();
  for (let offset = 0; offset < instructions.length; offset++) {
    const keyword = instructions[offset]?.instruction.keyword ?? '';
    const list = lists.get(keyword);
    if (list) list.push(offset);
    else lists.set(keyword, [offset]);
  }
  return lists;
}
