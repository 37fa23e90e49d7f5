/** Keeps the most recently used entries whose sizes add up to at most `capacity`. */
export interface SizedCache<T> {
  get(key: string): T | undefined;
  /** An entry larger than the whole cache is not kept. */
  set(key: string, value: T, size: number): void;
  clear(): void;
}

export function createSizedCache<T>(capacity: number): SizedCache<T> {
  // A Map iterates in the order of insertion: the first is the one not used for longest.
  const entries = new Map<string, { readonly value: T; readonly size: number }>();
  let total = 0;
  const drop = (key: string): void => {
    total -= entries.get(key)?.size ?? 0;
    entries.delete(key);
  };
  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value, size) {
      drop(key);
      if (size > capacity) return;
      entries.set(key, { value, size });
      total += size;
      for (const oldest of entries.keys()) {
        if (total <= capacity) return;
        drop(oldest);
      }
    },
    clear() {
      entries.clear();
      total = 0;
    },
  };
}
