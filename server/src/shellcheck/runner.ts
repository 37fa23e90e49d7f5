import { createSizedCache } from '../text/sized-cache.js';
import { OFF_IN_DOCKERFILE } from './codes.js';
import type { WorkerHandle, WorkerHost } from './host.js';
import { type Prepared, prepare } from './job-of.js';
import { type Comment, isFromWorker, type LintJob, type ShellDialect } from './protocol.js';

export interface LintRequest {
  readonly script: string;
  readonly shell: ShellDialect;
  /** Names of the variables that are set before the script runs. */
  readonly assigned?: readonly string[];
}

export type SkipReason = 'too-long' | 'timed-out' | 'crashed' | 'unavailable' | 'cancelled' | 'disposed';

export type LintOutcome =
  /** Without the codes of `OFF_IN_DOCKERFILE`. */
  | { readonly kind: 'linted'; readonly comments: readonly Comment[] }
  | { readonly kind: 'skipped'; readonly reason: SkipReason };

/** As much of an AbortSignal as is needed; the core has no DOM types. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** Results that outlive the process. */
export interface ResultStore {
  get(job: LintJob): readonly Comment[] | undefined;
  set(job: LintJob, comments: readonly Comment[]): void;
}

export interface RunnerOptions {
  /** Called at most once: ShellCheck cannot run here, and every request is skipped from now on. */
  readonly onUnavailable?: (reason: string) => void;
  readonly limits?: Partial<RunnerLimits>;
  readonly store?: ResultStore;
}

export interface RunnerLimits {
  /** From the wish for a worker until it says that it is ready. */
  readonly startMs: number;
  /** For one script. The first one also compiles what of the module it touches. */
  readonly lintMs: number;
  /** UTF-16 units; longer scripts are skipped. */
  readonly scriptLength: number;
  /** Without work for so long, the worker ends and the compiled module is let go. */
  readonly idleMs: number;
  /** UTF-16 units of scripts and messages, all told. */
  readonly cacheSize: number;
}

const DEFAULT_LIMITS: RunnerLimits = {
  startMs: 15_000,
  lintMs: 4_000,
  scriptLength: 20_000,
  idleMs: 60_000,
  cacheSize: 4 * 2 ** 20,
};

/** ShellCheck in a worker, which is started when it is needed first, and again when it is lost. */
export interface ShellcheckRunner {
  /** Work is about to come: starts the worker, so that it need not be waited for then. */
  prepare(): void;
  /** Never rejects. */
  lint(request: LintRequest, signal?: CancelSignal): Promise<LintOutcome>;
  /** What `lint` would say at once, without work: undefined when it is not known yet. Repeating the same object is cheap. */
  known(request: LintRequest): LintOutcome | undefined;
  /** Whether any script had a comment so far: while none had, `known` has nothing to tell. */
  hasComments(): boolean;
  /** How many answers there were so far: until there is another one, `known` says what it said before. */
  answers(): number;
  /** Ends the worker; what is under way is skipped, as is whatever is asked later. */
  dispose(): void;
}

/** A script to lint, whoever and however many asked for it. */
interface Task {
  readonly key: string;
  readonly job: LintJob;
  readonly waiting: Set<(outcome: LintOutcome) => void>;
  /** Whether a worker ended while it was at this script. It gets one more: somebody else may have ended that worker. */
  isSecondTime: boolean;
}

interface Worker {
  handle: WorkerHandle | undefined;
  isReady: boolean;
}

/** So many scripts are handed over ahead, so that the worker need not wait for who asks. */
const AHEAD = 16;

/** So many workers lost in a row, without one script linted, and there will be no further one. */
const LOSSES_TO_GIVE_UP = 4;

const skipped = (reason: SkipReason): LintOutcome => ({ kind: 'skipped', reason });
const OFF: readonly number[] = OFF_IN_DOCKERFILE.map(row => row.code);

export function createShellcheckRunner(host: WorkerHost, options: RunnerOptions = {}): ShellcheckRunner {
  const limits: RunnerLimits = { ...DEFAULT_LIMITS, ...options.limits };
  const cache = createSizedCache<LintOutcome>(limits.cacheSize);
  const tasks = new Map<string, Task>();
  /** Those of the tasks that the worker has, which are answered in this order, and those that it does not have yet. */
  let sent: Task[] = [];
  let queue: Task[] = [];
  let hasComments = false;
  let answers = 0;
  let worker: Worker | undefined;
  let losses = 0;
  let closed: 'unavailable' | 'disposed' | undefined;
  let stopClock = (): void => {};

  function start(): void {
    const started: Worker = { handle: undefined, isReady: false };
    worker = started;
    stopClock = host.after(limits.startMs, () => lose('crashed', `not ready within ${limits.startMs} ms`));
    const isCurrent = (): boolean => worker === started;
    host
      .spawn({
        onMessage: message => {
          if (isCurrent()) onMessage(started, message);
        },
        onExit: reason => {
          if (isCurrent()) lose('crashed', reason);
        },
        onLate: () => {
          if (isCurrent()) late();
        },
      })
      .then(handle => {
        if (!isCurrent()) return handle.terminate();
        started.handle = handle;
        pump();
      })
      .catch((error: unknown) => {
        if (isCurrent()) lose('crashed', error instanceof Error ? error.message : String(error));
      });
  }

  function onMessage(from: Worker, message: unknown): void {
    if (!isFromWorker(message)) return;
    switch (message.kind) {
      case 'ready':
        from.isReady = true;
        pump();
        return;
      case 'broken':
        lose('crashed', message.error);
        return;
      case 'linted':
        losses = 0;
        answer({ kind: 'linted', comments: message.comments.filter(({ code }) => !OFF.includes(code)) });
        return;
      case 'failed':
        // The worker has done away with the instance, and makes a new one.
        answer(skipped('crashed'));
    }
  }

  function answer(outcome: LintOutcome): void {
    const task = sent.shift();
    if (!task) return;
    stopClock();
    if (sent.length > 0) watch();
    settle(task, outcome);
    pump();
  }

  /** The time of a script begins when the one before is done. */
  function watch(): void {
    stopClock();
    stopClock = host.after(limits.lintMs, late);
  }

  const late = (): void => lose('timed-out', `not done within ${limits.lintMs} ms`);

  /** The worker is of no further use, and with it the script that it was at. */
  function lose(why: 'crashed' | 'timed-out', reason: string): void {
    const [first, ...others] = sent;
    stopWorker();
    const again = others;
    if (first && why === 'crashed' && !first.isSecondTime) {
      first.isSecondTime = true;
      again.unshift(first);
    } else if (first) settle(first, skipped(why));
    for (const { key, waiting } of again) if (waiting.size === 0) tasks.delete(key);
    queue.unshift(...again.filter(({ waiting }) => waiting.size > 0));
    if (why === 'crashed' && ++losses >= LOSSES_TO_GIVE_UP) {
      close('unavailable');
      options.onUnavailable?.(reason);
    } else pump();
  }

  function stopWorker(): void {
    stopClock();
    worker?.handle?.terminate();
    worker = undefined;
    sent = [];
  }

  function pump(): void {
    if (closed) return;
    if (!worker && queue.length > 0) start();
    if (!worker?.handle || !worker.isReady) return;
    while (sent.length < AHEAD) {
      const task = queue.shift();
      if (!task) break;
      sent.push(task);
      if (sent.length === 1) watch();
      worker.handle.post({ kind: 'lint', job: task.job });
    }
    if (sent.length > 0) return;
    stopClock();
    stopClock = host.after(limits.idleMs, stopWorker);
  }

  function settle(task: Task, outcome: LintOutcome): void {
    tasks.delete(task.key);
    if (outcome.kind === 'linted') options.store?.set(task.job, outcome.comments);
    keep(task.key, outcome);
    for (const resolve of task.waiting) resolve(outcome);
  }

  function keep(key: string, outcome: LintOutcome): void {
    answers++;
    hasComments ||= outcome.kind === 'linted' && outcome.comments.length > 0;
    cache.set(key, outcome, key.length + sizeOf(outcome));
  }

  function close(reason: 'unavailable' | 'disposed'): void {
    closed = reason;
    stopWorker();
    cache.clear();
    const open = [...tasks.values()];
    tasks.clear();
    queue = [];
    for (const task of open) for (const resolve of task.waiting) resolve(skipped(reason));
  }

  function request({ key, job }: Prepared, signal: CancelSignal | undefined): Promise<LintOutcome> {
    return new Promise(resolve => {
      const task: Task = tasks.get(key) ?? { key, job, waiting: new Set(), isSecondTime: false };
      if (!tasks.has(key)) {
        tasks.set(key, task);
        queue.push(task);
      }
      const finish = (outcome: LintOutcome): void => {
        signal?.removeEventListener('abort', cancel);
        resolve(outcome);
      };
      const cancel = (): void => {
        task.waiting.delete(finish);
        finish(skipped('cancelled'));
        // What the worker has already is done soon, and then known.
        if (task.waiting.size > 0 || sent.includes(task)) return;
        tasks.delete(key);
        queue = queue.filter(other => other !== task);
      };
      task.waiting.add(finish);
      signal?.addEventListener('abort', cancel);
      pump();
    });
  }

  function known(wanted: LintRequest): LintOutcome | undefined {
    if (closed) return skipped(closed);
    if (wanted.script.length > limits.scriptLength) return skipped('too-long');
    if (wanted.script.trim() === '') return { kind: 'linted', comments: [] };
    const { key, job } = prepare(wanted);
    const outcome = cache.get(key);
    if (outcome) return outcome;
    const comments = options.store?.get(job);
    if (!comments) return undefined;
    const stored: LintOutcome = { kind: 'linted', comments };
    keep(key, stored);
    return stored;
  }

  return {
    prepare() {
      if (closed || worker) return;
      start();
    },
    async lint(wanted, signal) {
      if (signal?.aborted) return skipped('cancelled');
      return known(wanted) ?? request(prepare(wanted), signal);
    },
    known,
    hasComments: () => hasComments,
    answers: () => answers,
    dispose() {
      if (!closed) close('disposed');
    },
  };
}

function sizeOf(outcome: LintOutcome): number {
  if (outcome.kind === 'skipped') return 0;
  return outcome.comments.reduce((sum, { message, fix = [] }) => sum + message.length + 100 + 50 * fix.length, 0);
}
