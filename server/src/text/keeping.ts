/** The same function, asked once for each key: what it said, or promised, is kept. */
export function keeping<T>(make: (key: string) => T): (key: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return key => {
    const found = known.get(key) ?? { value: make(key) };
    known.set(key, found);
    return found.value;
  };
}

/** The same for questions about an object: what was said is forgotten with it. */
export function keepingWith<K extends object, T>(make: (key: K) => T): (key: K) => T {
  const known = new WeakMap<K, { readonly value: T }>();
  return key => {
    const found = known.get(key) ?? { value: make(key) };
    known.set(key, found);
    return found.value;
  };
}

/** The same where one thing is asked about many times, and then the next: nothing is held of those before. */
export function keepingLatest<K, T>(make: (key: K) => T): (key: K) => T {
  let latest: { readonly key: K; readonly value: T } | undefined;
  return key => {
    if (latest?.key !== key || !latest) latest = { key, value: make(key) };
    return latest.value;
  };
}
