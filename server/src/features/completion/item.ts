import type { Placed } from '../../dockerfile/index.js';
import type { FileFacts } from '../../facts/index.js';
import type { Span } from '../../text/span.js';

/** Something that may be written at a place. */
export interface Completion {
  readonly label: string;
  readonly kind: 'keyword' | 'flag' | 'key' | 'value' | 'stage' | 'image' | 'tag' | 'variable' | 'rule';
  /** What is replaced: from the start of the word to the cursor. Counts from the start of the file. */
  readonly span: Span;
  readonly detail?: string;
  /** Where the order of labels is not the right one. */
  readonly order?: number;
}

/** The instruction that is being written, up to the cursor. */
export interface Writing {
  readonly facts: FileFacts;
  readonly placed: Placed;
  /** Its keyword; of ONBUILD, that of the trigger. */
  readonly keyword: string;
  /** From the keyword to the cursor, in one line. */
  readonly before: string;
  /** The cursor. */
  readonly offset: number;
}

export const ending = (offset: number, typed: string): Span => ({ start: offset - typed.length, end: offset });
