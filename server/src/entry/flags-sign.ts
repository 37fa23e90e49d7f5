import { workerData } from 'node:worker_threads';

/** Shared with threads: whether V8 has the flags that they work under, which only the main thread sets. */
export type FlagsSign = Int32Array;

export const flagsSign = (): FlagsSign => new Int32Array(new SharedArrayBuffer(4));

/** Lets the threads go on that wait for it. */
export function say(areSet: FlagsSign): void {
  Atomics.store(areSet, 0, 1);
  Atomics.notify(areSet, 0);
}

/** In a thread that was given the sign as its `workerData`: does something when V8's flags are set, which is when there is work. */
export function onceFlagsAreSet<T>(act: () => T): T {
  if (workerData instanceof Int32Array) Atomics.wait(workerData, 0, 0);
  return act();
}
