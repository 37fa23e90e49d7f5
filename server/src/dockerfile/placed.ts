import type { Memo } from '../text/memo.js';
import type { Instruction } from './instruction.js';
import type { Comment } from './lines.js';

/** An instruction with what is above it, wherever it is: the same object in the next version, unless the edit touched it. */
export interface Segment {
  readonly instruction: Instruction;
  /** Comment lines between the previous instruction and this one. Offsets are relative to `start`, so negative. */
  readonly leading: readonly Comment[];
  /** Where this segment begins: the end of the previous instruction's last line. Relative to `start`, so not positive. */
  readonly segment: number;
  /** End of the instruction, relative to `start`, without the last line ending. */
  readonly length: number;
  /** Where the next segment begins, relative to `start`. */
  readonly next: number;
  /** What has been worked out of it and of the segments that follow it: the stage or the preamble that it begins. */
  kept: Memo | undefined;
}

/** An instruction at its place in a file. */
export interface Placed extends Omit<Segment, 'kept'> {
  /** Absolute offset of the instruction's first character. */
  readonly start: number;
  readonly index: number;
  /** All of it but the place. */
  readonly part: Segment;
}

class PlacedSegment implements Placed {
  /** Not by way of `part`, as the others: everybody asks for it, all the time. */
  readonly instruction: Instruction;

  constructor(
    readonly part: Segment,
    readonly start: number,
    readonly index: number,
  ) {
    this.instruction = part.instruction;
  }

  get leading(): readonly Comment[] {
    return this.part.leading;
  }

  get segment(): number {
    return this.part.segment;
  }

  get length(): number {
    return this.part.length;
  }

  get next(): number {
    return this.part.next;
  }
}

/**
 * The instructions of a text at their places. An edit moves everything after it, so the places are numbers side by
 * side, and an object is made of one only when somebody asks for it.
 */
export class Placements {
  /** One object for each: to say which one is meant without keeping it. */
  readonly version: object = {};
  readonly #made = new Map<number, Placed>();
  #all: readonly Placed[] | undefined;

  constructor(
    readonly parts: readonly Segment[],
    /** Absolute offset of the first character of each of `parts`. */
    readonly starts: Int32Array,
    /** Which of `parts` have a heredoc without an end, in order. */
    readonly open: readonly number[],
  ) {}

  at(index: number): Placed | undefined {
    if (this.#all) return this.#all[index];
    const known = this.#made.get(index);
    if (known) return known;
    const part = this.parts[index];
    if (!part) return undefined;
    const placed = new PlacedSegment(part, this.starts[index] ?? 0, index);
    this.#made.set(index, placed);
    return placed;
  }

  /** @throws RangeError when there is none with this index. */
  get(index: number): Placed {
    const placed = this.at(index);
    if (!placed) throw new RangeError(`there is no instruction ${index}`);
    return placed;
  }

  all(): readonly Placed[] {
    if (!this.#all) {
      this.#all = this.parts.map(
        (part, index) => this.#made.get(index) ?? new PlacedSegment(part, this.starts[index] ?? 0, index),
      );
      this.#made.clear();
    }
    return this.#all;
  }

  /** Those from index `from` up to `to`, without it. */
  range(from: number, to: number): readonly Placed[] {
    if (this.#all) return this.#all.slice(from, to);
    const found: Placed[] = [];
    for (let index = from; index < to; index++) found.push(this.get(index));
    return found;
  }
}

/** Absolute offset at which the segment of an instruction begins. */
export const segmentStart = ({ parts, starts }: Placements, index: number): number =>
  (starts[index] ?? 0) + (parts[index]?.segment ?? 0);
