import type { InitializationOptions } from '../../../shared/src/protocol.js';
import type { ShellcheckSettings } from '../../../shared/src/settings.js';
import { withFindings } from '../engine/lint.js';
import { readingOf } from '../engine/profiles.js';
import { type ShellJob, shellJobs } from '../engine/shellcheck.js';
import { shellFindings } from '../engine/shellcheck-findings.js';
import type { Finding, LintOptions, LintResult } from '../engine/types.js';
import { type CancelSignal, createShellcheckPool, type ShellcheckPool, type WorkerHost } from '../shellcheck/index.js';

/** Makes what starts ShellCheck's worker; undefined where the build has none. */
export type ShellcheckFactory = (files: InitializationOptions['shellcheck']) => WorkerHost | undefined;

/** A result with ShellCheck's findings, and what they were made under. */
interface Completed {
  readonly whole: LintResult;
  readonly missing: number;
  readonly options: LintOptions;
  readonly settings: ShellcheckSettings;
}

export interface ShellLinter {
  /** A result with what ShellCheck has said already, and the scripts that it has yet to see. Does not wait for anything. */
  known(
    result: LintResult,
    options: LintOptions,
    settings: ShellcheckSettings,
  ): { readonly result: LintResult; readonly missing: readonly ShellJob[] };
  /**
   * Lints scripts after `waitMs`; resolves when `known` knows them, or when it is cancelled. Never rejects. Whenever
   * `known` has more to say than before, at the end and now and then before it, `onMore` is called.
   */
  lint(jobs: readonly ShellJob[], waitMs: number, signal: CancelSignal, onMore: () => void): Promise<void>;
  dispose(): void;
}

/** The second one is started when there is more than one script to lint, as when a file is opened. */
const WORKERS = 2;

const SOME_EVERY_MS = 300;

/** More scripts than a file written by people has; the rest of a generated one is not worth minutes of work. */
const MAX_SCRIPTS = 1000;

/** ShellCheck for an editor: workers started when they are needed first, and results kept by script. */
export function createShellLinter(
  start: () => WorkerHost | undefined,
  onUnavailable: (reason: string) => void,
): ShellLinter {
  let running: { readonly host: WorkerHost; readonly pool: ShellcheckPool } | undefined;
  let state: 'new' | 'running' | 'unavailable' = 'new';
  const completed = new WeakMap<LintResult, Completed>();

  function ready(): typeof running {
    if (state !== 'new') return state === 'running' ? running : undefined;
    const host = start();
    state = host ? 'running' : 'unavailable';
    if (!host) return undefined;
    const pool = createShellcheckPool(host, {
      size: WORKERS,
      onUnavailable: reason => {
        state = 'unavailable';
        onUnavailable(reason);
      },
    });
    running = { host, pool };
    return running;
  }

  return {
    known(result, options, settings) {
      const pool = settings.enable ? ready()?.pool : undefined;
      if (!pool) return { result, missing: [] };
      const jobs = shellJobs(result.facts, readingOf(options.profile), MAX_SCRIPTS);
      const found: Finding[] = [];
      const missing: ShellJob[] = [];
      for (const job of jobs) {
        const outcome = pool.known(job.request);
        if (!outcome) missing.push(job);
        else if (outcome.kind === 'linted')
          found.push(...shellFindings(job, outcome.comments, result.findings, options, settings));
      }
      const before = completed.get(result);
      // Asked again, the same object says that nothing is new.
      if (before?.missing === missing.length && before.options === options && before.settings === settings)
        return { result: before.whole, missing };
      const whole = withFindings(result, found, options);
      completed.set(result, { whole, missing: missing.length, options, settings });
      return { result: whole, missing };
    },
    async lint(jobs, waitMs, signal, onMore) {
      const now = ready();
      if (!now) return;
      const { host, pool } = now;
      if (waitMs > 0) await pause(host, waitMs, signal);
      let more = false;
      const tell = (): void => {
        if (more && !signal.aborted) onMore();
        more = false;
      };
      const tick = (): void => {
        stop = host.after(SOME_EVERY_MS, tick);
        tell();
      };
      let stop = host.after(SOME_EVERY_MS, tick);
      // What is said of each is kept by the pool, also that it took too long.
      await Promise.all(
        jobs.map(async job => {
          const outcome = await pool.lint(job.request, signal);
          more ||= outcome.kind === 'linted' && outcome.comments.length > 0;
        }),
      );
      stop();
      tell();
    },
    dispose() {
      running?.pool.dispose();
      running = undefined;
      state = 'unavailable';
    },
  };
}

function pause(host: WorkerHost, ms: number, signal: CancelSignal): Promise<void> {
  return new Promise(resolve => {
    const stop = host.after(ms, resolve);
    signal.addEventListener('abort', () => {
      stop();
      resolve();
    });
  });
}
