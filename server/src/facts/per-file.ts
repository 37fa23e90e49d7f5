import { recall } from '../text/memo.js';
import type { FileFacts } from './facts.js';

/** What `make` says of the facts of a file, or of one stage of it, worked out once and kept with them. */
export const perFile =
  <T>(make: (facts: FileFacts) => T): ((facts: FileFacts) => T) =>
  facts =>
    recall(facts.kept, make, () => make(facts));
