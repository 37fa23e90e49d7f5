import type { Span } from '../text/span.js';

/** Where a name is written; offsets count from the start of the file. */
export interface NamePlace {
  readonly span: Span;
  readonly isDefinition: boolean;
}

/** Text that may mean the name, or mean it in a way that nobody can tell from the file. */
export interface Doubt {
  readonly offset: number;
  readonly reason: string;
}

/** A stage or a variable, as it is named at one place. */
export interface NameHere {
  readonly kind: 'stage' | 'variable';
  readonly name: string;
  /** The text at this place. */
  readonly span: Span;
  /** Where what is meant here is defined: the nearest place above, and what that one takes its value from. */
  readonly definitions: readonly Span[];
  /** Everywhere that the same is meant, in order. */
  readonly places: readonly NamePlace[];
  readonly doubts: () => readonly Doubt[];
}

/** The end belongs to it as well: there the cursor is when the word has just been typed. */
export const holds = ({ start, end }: Span, offset: number): boolean => start <= offset && offset <= end;

export const inOrder = (places: readonly NamePlace[]): readonly NamePlace[] =>
  [...places].sort((a, b) => a.span.start - b.span.start);
