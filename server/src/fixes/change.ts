import type { Fix } from '../profiles/types.js';

/** Edits and what they may change. */
export type Change = Pick<Fix, 'edits' | 'effect'>;

/** What a text becomes, or why it may not. */
export type Verdict = { readonly text: string } | { readonly refusal: string };
