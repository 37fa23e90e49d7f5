import type { Span } from '../../text/span.js';

/** Why BuildKit refuses the value of a flag. */
export interface ValueProblem {
  /** What is wrong, then what to do. */
  readonly message: string;
  /** The wrong part, as offsets into the value; the whole value when absent. */
  readonly at?: Span;
  /** What to write in place of that part, where something near is right. */
  readonly replacement?: string;
}
