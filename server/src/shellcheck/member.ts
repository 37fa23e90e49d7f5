import type { WorkerHandle, WorkerHost } from './host.js';
import { type Comment, isFromWorker, type LintJob } from './protocol.js';

export interface MemberLimits {
  /** From the wish for a worker until it says that it is ready. */
  readonly startMs: number;
  /** The first lint also compiles what of the module it touches. */
  readonly firstLintMs: number;
  readonly lintMs: number;
}

export type MemberEnd = 'not-started' | 'crashed' | 'timed-out' | 'abandoned';

export interface MemberEvents {
  onReady(): void;
  onLinted(comments: readonly Comment[], memory: number): void;
  /** At most once, and nothing after it. Not called after `kill`. */
  onEnd(end: MemberEnd, reason: string): void;
}

/** One worker of the pool, from its start to its end. It lints one script at a time. */
export interface Member {
  /** Only when ready and not busy. It may take `patience` times as long as the limits say. */
  run(job: LintJob, patience: number): void;
  /** Nobody waits for the script at hand any more: end it unless it is done within `ms`. Undefined takes that back. */
  hurry(ms: number | undefined): void;
  kill(): void;
}

export function startMember(host: WorkerHost, limits: MemberLimits, events: MemberEvents): Member {
  let handle: WorkerHandle | undefined;
  let state: 'starting' | 'idle' | 'busy' | 'ended' = 'starting';
  let ready = false;
  let linted = 0;
  let id = 0;
  let stopClock = host.after(limits.startMs, () => end('not-started', `not ready within ${limits.startMs} ms`));
  let stopHurry = (): void => {};

  const kill = (): void => {
    state = 'ended';
    stopClock();
    stopHurry();
    handle?.terminate();
    handle = undefined;
  };
  const end = (why: MemberEnd, reason: string): void => {
    if (state === 'ended') return;
    kill();
    events.onEnd(why, reason);
  };
  const idle = (): void => {
    state = 'idle';
    stopClock();
    stopHurry();
  };
  const begin = (): void => {
    if (state !== 'starting' || !ready || !handle) return;
    idle();
    events.onReady();
  };
  const onMessage = (message: unknown): void => {
    if (state === 'ended' || !isFromWorker(message)) return;
    switch (message.kind) {
      case 'ready':
        ready = true;
        begin();
        return;
      case 'broken':
        end('not-started', message.error);
        return;
      case 'linted':
        if (state !== 'busy' || message.id !== id) return;
        linted++;
        idle();
        events.onLinted(message.comments, message.memory);
        return;
      case 'failed':
        // After a trap the instance's heap may be in any state: it is not asked again.
        end('crashed', message.error);
    }
  };

  // Later even when the host calls back at once: the caller has to have the member first.
  Promise.resolve()
    .then(() =>
      host.spawn({ onMessage, onExit: reason => end(state === 'starting' ? 'not-started' : 'crashed', reason) }),
    )
    .then(started => {
      if (state === 'ended') started.terminate();
      else {
        handle = started;
        begin();
      }
    })
    .catch((error: unknown) => end('not-started', error instanceof Error ? error.message : String(error)));

  return {
    run(job, patience) {
      if (state !== 'idle') return;
      state = 'busy';
      id++;
      const ms = patience * (linted === 0 ? limits.firstLintMs : limits.lintMs);
      stopClock = host.after(ms, () => end('timed-out', `not done within ${ms} ms`));
      handle?.post({ kind: 'lint', id, job });
    },
    hurry(ms) {
      if (state !== 'busy') return;
      stopHurry();
      if (ms !== undefined) stopHurry = host.after(ms, () => end('abandoned', 'nobody waits for it'));
    },
    kill,
  };
}
