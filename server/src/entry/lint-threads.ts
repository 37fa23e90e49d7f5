import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { threadsFor } from '../cli/files-per-thread.js';
import type { LintThread } from '../cli/io.js';
import type { Briefing } from '../cli/team-worker.js';
import { likelyFiles } from './likely-files.js';
import { optimiseLater } from './optimise-later.js';

/** Most of what a lint makes is soon forgotten; with room for it, hardly anything is copied before that. */
const LIMITS = { maxYoungGenerationSizeMb: 64 };

/** Threads that have been started before anybody has asked for them. */
const EARLY = Symbol.for('dockwright.early-threads');

/** Starts a thread that waits for what it is to lint. As long as it has nothing to do, the process may end without it. */
function startThread(boot: string): Worker {
  const worker = new Worker(boot, { name: 'lint', resourceLimits: LIMITS });
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
  Reflect.set(
    globalThis,
    EARLY,
    Array.from({ length: size - 1 }, () => startThread(boot)),
  );
}

const waitingThreads = (): unknown => Reflect.get(globalThis, EARLY);

export const hasEarlyThreads = (): boolean => Array.isArray(waitingThreads());

/** A thread that lints files, one of those that were started early as long as there are any. */
export function lintThread(boot: string, briefing: Briefing): LintThread {
  const thread = earlyThread() ?? startThread(boot);
  optimiseLater();
  thread.ref();
  thread.postMessage(briefing);
  return thread;
}

/** One of those that were started early and that nobody has yet. */
function earlyThread(): Worker | undefined {
  const waiting = waitingThreads();
  const worker: unknown = Array.isArray(waiting) ? waiting.pop() : undefined;
  return worker instanceof Worker ? worker : undefined;
}
