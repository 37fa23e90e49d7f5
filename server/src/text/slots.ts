/** Something that what is found out about it is kept with. */
interface Keeper {
  /** One slot for each question. */
  readonly kept: unknown[];
}

/**
 * Makes functions that answer a question about an object once, and keep the answer with it. A dozen of them are asked of
 * each instruction with each key: in a WeakMap, each answer would be a search through memory that has been cold since the
 * key before. And V8 holds on to what a WeakMap is told of new objects, dead or not, until it collects old memory: with
 * each file that is linted all of it would be copied there.
 */
export function slots<K extends Keeper>(): <T>(make: (keeper: K) => T) => (keeper: K) => T {
  let count = 0;
  return <T>(make: (keeper: K) => T) => {
    const slot = count++;
    return keeper => {
      const known = keeper.kept[slot];
      // In this slot lies nothing but what is put there below.
      if (known !== undefined) return (known === NOTHING ? undefined : known) as T;
      const made = make(keeper);
      keeper.kept[slot] = made ?? NOTHING;
      return made;
    };
  };
}

/** In place of `undefined`. */
const NOTHING = {};
