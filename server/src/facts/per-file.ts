import type { FileFacts } from './facts.js';

/**
 * What `make` says of the facts of a file, worked out once and kept with them. A WeakMap would keep it as well, but what it
 * is told of new objects V8 holds on to until it collects the old ones: with each key a whole version of the file would
 * be copied there before it is forgotten.
 */
export const perFile =
  <T extends object>(make: (facts: FileFacts) => T): ((facts: FileFacts) => T) =>
  facts => {
    // Under `make` lies nothing but what it has made.
    let value = facts.kept.get(make) as T | undefined;
    if (!value) {
      value = make(facts);
      facts.kept.set(make, value);
    }
    return value;
  };
