/**
 * Answers that are worked out once and kept with the object that they are about, so that they go when it goes. Not in
 * WeakMaps: docs/decisions/weak-maps.md. The casts here are the only ones that such answers need.
 */
export type Memo = Map<object, unknown>;

/** What `make` gave the first time that it was asked under this key, which is most often `make` itself. */
export function recall<T>(memo: Memo, key: object, make: () => T): T {
  const known = memo.get(key);
  // Only `make` writes this entry.
  if (known !== undefined) return (known === NOTHING ? undefined : known) as T;
  const made = make();
  memo.set(key, made ?? NOTHING);
  return made;
}

/** In place of `undefined`. */
const NOTHING = {};

/** An object that a dozen questions are asked about with each key, as of each instruction. */
interface Keeper {
  /** One slot for each question: quicker and smaller than a {@link Memo}. */
  readonly kept: unknown[];
}

/** Makes functions that answer a question about an object once, and keep the answer with it. */
export function slots<K extends Keeper>(): <T>(make: (keeper: K) => T) => (keeper: K) => T {
  let count = 0;
  return <T>(make: (keeper: K) => T) => {
    const slot = count++;
    return keeper => {
      const known = keeper.kept[slot];
      // Only `make` writes this slot.
      if (known !== undefined) return (known === NOTHING ? undefined : known) as T;
      const made = make(keeper);
      keeper.kept[slot] = made ?? NOTHING;
      return made;
    };
  };
}
