import { relevantNames } from './assigned.js';
import { createSizedCache } from './cache.js';
import { OFF_IN_DOCKERFILE, reaches, type ShellcheckSeverity } from './codes.js';
import type { WorkerHost } from './host.js';
import { type Member, type MemberEnd, type MemberLimits, startMember } from './member.js';
import type { Comment, LintJob, ShellDialect } from './protocol.js';

export interface LintRequest {
  readonly script: string;
  readonly shell: ShellDialect;
  /** Names of the variables that are set before the script runs. */
  readonly assigned?: readonly string[];
  /** Default: everything. */
  readonly severity?: ShellcheckSeverity;
  /** Codes without their letters. Default: those of `OFF_IN_DOCKERFILE`. */
  readonly exclude?: readonly number[];
}

export type SkipReason = 'too-long' | 'timed-out' | 'crashed' | 'unavailable' | 'cancelled' | 'disposed';

export type LintOutcome =
  | { readonly kind: 'linted'; readonly comments: readonly Comment[] }
  | { readonly kind: 'skipped'; readonly reason: SkipReason };

/** As much of an AbortSignal as is needed; the core has no DOM types. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

export interface PoolOptions {
  /** Workers at most: 1 suits an editor, the number of processors a command line. */
  readonly size: number;
  /** Called at most once: ShellCheck cannot run here, and every request is skipped from now on. */
  readonly onUnavailable?: (reason: string) => void;
  readonly limits?: Partial<PoolLimits>;
}

export interface PoolLimits extends MemberLimits {
  /** UTF-16 units; longer scripts are skipped. */
  readonly scriptLength: number;
  /** How long a script that nobody waits for any more may still hold its worker. */
  readonly graceMs: number;
  /** Without work for so long, all workers end and the compiled module is let go. */
  readonly idleMs: number;
  /** Bytes of an instance beyond which its worker is replaced, for WebAssembly memory never shrinks. */
  readonly workerMemory: number;
  /** UTF-16 units of scripts and messages, all told. */
  readonly cacheSize: number;
}

const DEFAULT_LIMITS: PoolLimits = {
  startMs: 15_000,
  firstLintMs: 6_000,
  lintMs: 2_000,
  scriptLength: 20_000,
  graceMs: 300,
  idleMs: 60_000,
  workerMemory: 64 * 2 ** 20,
  cacheSize: 4 * 2 ** 20,
};

export interface ShellcheckPool {
  /** Work is about to come: starts the first worker, so that it need not be waited for then. */
  prepare(): void;
  /** Never rejects. */
  lint(request: LintRequest, signal?: CancelSignal): Promise<LintOutcome>;
  /** What `lint` would say at once, without work: undefined when it is not known yet. Repeating the same object is cheap. */
  known(request: LintRequest): LintOutcome | undefined;
  /** Whether any script had a comment so far: while none had, `known` has nothing to tell. */
  hasComments(): boolean;
  /** Ends all workers; what is under way is skipped, as is whatever is asked later. */
  dispose(): void;
}

/** A script to lint, whoever and however many asked for it. */
interface Task {
  readonly key: string;
  readonly job: LintJob;
  readonly waiting: Set<(outcome: LintOutcome) => void>;
  crashes: number;
  timeouts: number;
  member: Member | undefined;
}

/** What did not end in time gets as much time again and more, once, behind all others: the machine may have been busy. */
const TIMEOUTS_PER_SCRIPT = 2;
const SECOND_CHANCE = 2;

/** A script is tried once more when its worker dies: somebody else may have killed that worker. */
const CRASHES_PER_SCRIPT = 2;
/** Failed starts weigh more than crashes; a finished lint wipes them out. */
const STRIKES = { 'not-started': 3, crashed: 1, 'timed-out': 0, abandoned: 0 } as const satisfies Record<
  MemberEnd,
  number
>;
const STRIKES_TO_GIVE_UP = 6;

const skipped = (reason: SkipReason): LintOutcome => ({ kind: 'skipped', reason });
const DEFAULT_EXCLUDED: readonly number[] = OFF_IN_DOCKERFILE.map(row => row.code);

export function createShellcheckPool(host: WorkerHost, options: PoolOptions): ShellcheckPool {
  const limits: PoolLimits = { ...DEFAULT_LIMITS, ...options.limits };
  const cache = createSizedCache<LintOutcome>(limits.cacheSize);
  let hasComments = false;
  const tasks = new Map<string, Task>();
  const members = new Map<Member, { ready: boolean; task: Task | undefined }>();
  let queue: Task[] = [];
  let strikes = 0;
  let closed: 'unavailable' | 'disposed' | undefined;
  let stopIdle = (): void => {};

  function stopAll(): void {
    stopIdle();
    for (const member of members.keys()) member.kill();
    members.clear();
    host.release();
  }

  function close(reason: 'unavailable' | 'disposed'): void {
    closed = reason;
    stopAll();
    cache.clear();
    queue = [];
    const open = [...tasks.values()];
    tasks.clear();
    for (const task of open) for (const resolve of task.waiting) resolve(skipped(reason));
  }

  function settle(task: Task, outcome: LintOutcome): void {
    tasks.delete(task.key);
    hasComments ||= outcome.kind === 'linted' && outcome.comments.length > 0;
    cache.set(task.key, outcome, task.key.length + sizeOf(outcome));
    for (const resolve of task.waiting) resolve(outcome);
  }

  function start(): void {
    const member = startMember(host, limits, {
      onReady: () => {
        const entry = members.get(member);
        if (entry) entry.ready = true;
        pump();
      },
      onLinted: (comments, memory) => {
        const entry = members.get(member);
        const task = entry?.task;
        if (!entry || !task) return;
        strikes = 0;
        entry.task = undefined;
        if (memory > limits.workerMemory) {
          members.delete(member);
          member.kill();
        }
        settle(task, { kind: 'linted', comments });
        pump();
      },
      onEnd: (end, reason) => {
        const task = members.get(member)?.task;
        members.delete(member);
        strikes += STRIKES[end];
        if (task) afterEnd(task, end);
        if (strikes >= STRIKES_TO_GIVE_UP) {
          close('unavailable');
          options.onUnavailable?.(reason);
        } else pump();
      },
    });
    members.set(member, { ready: false, task: undefined });
  }

  function afterEnd(task: Task, end: MemberEnd): void {
    task.member = undefined;
    if (end === 'timed-out') {
      if (++task.timeouts >= TIMEOUTS_PER_SCRIPT) settle(task, skipped('timed-out'));
      else if (task.waiting.size > 0) queue.push(task);
      else tasks.delete(task.key);
    } else if (end === 'crashed' && ++task.crashes >= CRASHES_PER_SCRIPT) settle(task, skipped('crashed'));
    // Somebody may have asked for an abandoned script again in the meantime.
    else if (task.waiting.size > 0) queue.unshift(task);
    else tasks.delete(task.key);
  }

  function pump(): void {
    if (closed) return;
    stopIdle();
    for (const [member, entry] of members) {
      if (!entry.ready || entry.task) continue;
      const task = queue.shift();
      if (!task) break;
      entry.task = task;
      task.member = member;
      member.run(task.job, task.timeouts === 0 ? 1 : SECOND_CHANCE);
    }
    const entries = [...members.values()];
    let starting = entries.filter(entry => !entry.ready).length;
    for (; starting < queue.length && members.size < options.size; starting++) start();
    if (members.size > 0 && queue.length === 0 && entries.every(entry => !entry.task)) {
      stopIdle = host.after(limits.idleMs, stopAll);
    }
  }

  function leave(task: Task): void {
    if (task.waiting.size > 0) return;
    if (task.member) task.member.hurry(limits.graceMs);
    else {
      queue = queue.filter(other => other !== task);
      tasks.delete(task.key);
    }
  }

  function request({ key, job }: Prepared, signal: CancelSignal | undefined): Promise<LintOutcome> {
    return new Promise(resolve => {
      let task = tasks.get(key);
      if (!task) {
        task = { key, job, waiting: new Set(), crashes: 0, timeouts: 0, member: undefined };
        tasks.set(key, task);
        queue.push(task);
      }
      const joined = task;
      const finish = (outcome: LintOutcome): void => {
        signal?.removeEventListener('abort', cancel);
        resolve(outcome);
      };
      const cancel = (): void => {
        joined.waiting.delete(finish);
        finish(skipped('cancelled'));
        leave(joined);
      };
      joined.waiting.add(finish);
      joined.member?.hurry(undefined);
      signal?.addEventListener('abort', cancel);
      pump();
    });
  }

  function known(wanted: LintRequest): LintOutcome | undefined {
    if (closed) return skipped(closed);
    if (wanted.script.length > limits.scriptLength) return skipped('too-long');
    if (wanted.script.trim() === '') return { kind: 'linted', comments: [] };
    const outcome = cache.get(prepare(wanted).key);
    return outcome && asked(outcome, wanted);
  }

  return {
    prepare() {
      if (closed || members.size > 0) return;
      start();
      pump();
    },
    async lint(wanted, signal) {
      if (signal?.aborted) return skipped('cancelled');
      return known(wanted) ?? asked(await request(prepare(wanted), signal), wanted);
    },
    known,
    hasComments: () => hasComments,
    dispose() {
      if (!closed) close('disposed');
    },
  };
}

interface Prepared {
  readonly key: string;
  readonly job: LintJob;
}

const prepared = new WeakMap<LintRequest, Prepared>();

function prepare(request: LintRequest): Prepared {
  let known = prepared.get(request);
  if (!known) {
    const { script, shell, assigned = [] } = request;
    const job = { script, shell, assigned: relevantNames(script, assigned) };
    known = { key: `${shell}\0${job.assigned.join(' ')}\0${script}`, job };
    prepared.set(request, known);
  }
  return known;
}

const chosen = new WeakMap<LintOutcome, { readonly by: LintRequest; readonly outcome: LintOutcome }>();

/**
 * ShellCheck filters last as well; done here, a change of settings lints nothing anew. The same choice is the same
 * object, so that what is made of it can be kept.
 */
function asked(outcome: LintOutcome, request: LintRequest): LintOutcome {
  if (outcome.kind === 'skipped' || outcome.comments.length === 0) return outcome;
  const { severity = 'hint', exclude = DEFAULT_EXCLUDED } = request;
  const known = chosen.get(outcome);
  if (known && known.by.severity === request.severity && known.by.exclude === request.exclude) return known.outcome;
  const comments = outcome.comments.filter(({ code, level }) => reaches(level, severity) && !exclude.includes(code));
  const choice: LintOutcome = { kind: 'linted', comments };
  chosen.set(outcome, { by: request, outcome: choice });
  return choice;
}

function sizeOf(outcome: LintOutcome): number {
  if (outcome.kind === 'skipped') return 0;
  return outcome.comments.reduce((sum, { message, fix = [] }) => sum + message.length + 100 + 50 * fix.length, 0);
}
