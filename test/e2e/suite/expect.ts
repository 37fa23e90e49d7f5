// Small on purpose: a web worker has no `node:assert`.
export function ok(value: unknown, message: string): asserts value {
  if (!value) throw new Error(`expected: ${message}`);
}

export function equal<T>(actual: T, expected: T, message = ''): void {
  if (actual === expected) return;
  throw new Error(
    `${message ? `${message}: ` : ''}expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`,
  );
}

/** Asks again until `probe` has an answer; the last thing it said is in the error. */
export async function eventually<T>(
  what: string,
  probe: () => T | undefined | Promise<T | undefined>,
  patience = 30_000,
): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await probe();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise(resolve => {
      setTimeout(resolve, 50);
    });
  }
}
