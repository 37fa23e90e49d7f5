import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { threadsFor } from '../cli/files-per-thread.js';

/** Most of what a lint makes is soon forgotten; with room for it, hardly anything is copied before that. */
const LIMITS = { maxYoungGenerationSizeMb: 64 };

/** Threads that have been started before anybody has asked for them. */
const EARLY = Symbol.for('dockwright.early-threads');

/** Starts a thread that waits for what it is to lint. As long as it has nothing to do, the process may end without it. */
export function startThread(boot: string): Worker {
  const worker = new Worker(boot, { name: 'lint', resourceLimits: LIMITS });
  worker.unref();
  return worker;
}

/**
 * Starts threads for a command line that looks as if it led to many files: they are ready when these have been found, not
 * only started then. Nothing depends on the guess.
 */
export function startEarly(argv: readonly string[], boot: string): void {
  const size = threadsFor(filesOf(argv), availableParallelism());
  if (size < 2) return;
  Reflect.set(
    globalThis,
    EARLY,
    Array.from({ length: size - 1 }, () => startThread(boot)),
  );
}

const waitingThreads = (): unknown => Reflect.get(globalThis, EARLY);

export const hasEarlyThreads = (): boolean => Array.isArray(waitingThreads());

/** One of those that were started early and that nobody has yet. */
export function earlyThread(): Worker | undefined {
  const waiting = waitingThreads();
  const worker: unknown = Array.isArray(waiting) ? waiting.pop() : undefined;
  return worker instanceof Worker ? worker : undefined;
}

/** About how many files a command line leads to, if threads are of use for them at all: ShellCheck has its own. */
function filesOf(argv: readonly string[]): number {
  if (!argv.includes('--no-shellcheck') || argv.some(word => /^(?:-j|--jobs)/.test(word))) return 0;
  const paths = argv.filter(word => !word.startsWith('-'));
  let count = 0;
  for (const path of paths.length > 0 ? paths : ['.']) count += filesAt(path);
  return count;
}

function filesAt(path: string): number {
  try {
    return readdirSync(path).filter(name => /(?:docker|container)file/i.test(name)).length;
  } catch {
    return 1;
  }
}
