import type { WorkerEvents, WorkerHandle, WorkerHost } from '../../../server/src/shellcheck/host.js';
import type { Comment, FromWorker, LintJob, ToWorker } from '../../../server/src/shellcheck/protocol.js';

export interface FakeWorker {
  readonly jobs: readonly LintJob[];
  readonly terminated: boolean;
  say(message: FromWorker): void;
  /** Answers the oldest job that has no answer yet. */
  answer(comments?: readonly Comment[]): void;
  exit(): void;
}

/** Workers that do only what a test says, and a clock that the test moves. */
export function fakeHost(options: { readonly autoReady?: boolean; readonly refuse?: () => boolean } = {}) {
  const workers: FakeWorker[] = [];
  const timers = new Set<{ readonly at: number; readonly run: () => void }>();
  let now = 0;

  function create(events: WorkerEvents): WorkerHandle {
    const jobs: LintJob[] = [];
    let terminated = false;
    workers.push({
      jobs,
      get terminated() {
        return terminated;
      },
      say: message => events.onMessage(message),
      answer: (comments = []) => events.onMessage({ kind: 'linted', comments } satisfies FromWorker),
      exit: () => events.onExit('killed'),
    });
    return {
      post(message: ToWorker) {
        if (message.kind !== 'lint') return;
        jobs.push(message.job);
      },
      terminate() {
        terminated = true;
      },
    };
  }

  const host: WorkerHost = {
    async spawn(events) {
      if (options.refuse?.()) throw new Error('no wasm');
      const handle = create(events);
      if (options.autoReady !== false) queueMicrotask(() => queueMicrotask(() => events.onMessage({ kind: 'ready' })));
      return handle;
    },
    after(ms, run) {
      const timer = { at: now + ms, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  };

  return {
    host,
    workers,
    get pendingTimers() {
      return timers.size;
    },
    /** Lets promises settle, then moves the clock. */
    async advance(ms: number): Promise<void> {
      await settle();
      now += ms;
      for (const timer of [...timers].filter(({ at }) => at <= now).sort((a, b) => a.at - b.at)) {
        if (timers.delete(timer)) timer.run();
      }
      await settle();
    },
    settle,
  };
}

const settle = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
