import type { CancelSignal } from '../shellcheck/index.js';

export interface Canceller {
  readonly signal: CancelSignal;
  abort(): void;
}

/** As much of an AbortController as is needed: the core has neither DOM nor Node types. */
export function createCanceller(): Canceller {
  const listeners = new Set<() => void>();
  let aborted = false;
  return {
    signal: {
      get aborted() {
        return aborted;
      },
      addEventListener: (_, listener) => {
        listeners.add(listener);
      },
      removeEventListener: (_, listener) => {
        listeners.delete(listener);
      },
    },
    abort() {
      if (aborted) return;
      aborted = true;
      for (const listener of [...listeners]) listener();
    },
  };
}
