import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { threadsFor } from '../cli/files-per-thread.js';
import type { LintThread } from '../cli/io.js';
import type { Briefing } from '../cli/team-worker.js';
import { type FlagsSign, flagsSign, say } from './flags-sign.js';
import { likelyFiles } from './likely-files.js';
import { optimiseLater } from './optimise-later.js';

/** Most of what a lint makes is soon forgotten; with room for it, hardly anything is copied before that. */
const LIMITS = { maxYoungGenerationSizeMb: 64 };

/** What was started before anybody has asked for it: by the bundle that comes before the one that asks. */
interface Early {
  readonly threads: Worker[];
  readonly areFlagsSet: FlagsSign;
}

const EARLY = Symbol.for('dockwright.early-threads');

/** Starts a thread that waits for what it is to lint. As long as it has nothing to do, the process may end without it. */
function startThread(boot: string, areFlagsSet: FlagsSign): Worker {
  const worker = new Worker(boot, { name: 'lint', resourceLimits: LIMITS, workerData: areFlagsSet });
  worker.unref();
  return worker;
}

/**
 * Starts threads for a command line that looks as if it led to many files: they are ready when these have been found, not
 * only started then. Nothing depends on the guess.
 */
export function startEarly(argv: readonly string[], boot: string): void {
  const size = threadsFor(likelyFiles(argv), availableParallelism());
  if (size < 2) return;
  const areFlagsSet = flagsSign();
  const threads = Array.from({ length: size - 1 }, () => startThread(boot, areFlagsSet));
  Reflect.set(globalThis, EARLY, { threads, areFlagsSet } satisfies Early);
}

// Under this name lies nothing but what is put there above.
const early = (): Early | undefined => Reflect.get(globalThis, EARLY) as Early | undefined;

export const hasEarlyThreads = (): boolean => early() !== undefined;

/** A thread that lints files, one of those that were started early as long as there are any. */
export function lintThread(boot: string, briefing: Briefing): LintThread {
  const known = early();
  const areFlagsSet = known?.areFlagsSet ?? flagsSign();
  const thread = known?.threads.pop() ?? startThread(boot, areFlagsSet);
  optimiseLater();
  say(areFlagsSet);
  thread.ref();
  thread.postMessage(briefing);
  return thread;
}
