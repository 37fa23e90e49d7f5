import type { InitializationOptions } from '../../../shared/src/protocol.js';
import type { ShellcheckSettings } from '../../../shared/src/settings.js';
import { withFindings } from '../engine/lint.js';
import { readingOf } from '../engine/profiles.js';
import { type ShellJob, shellFindings, shellJobs } from '../engine/shellcheck.js';
import type { Finding, LintOptions, LintResult } from '../engine/types.js';
import { type CancelSignal, createShellcheckPool, type ShellcheckPool, type WorkerHost } from '../shellcheck/index.js';

/** Makes what starts ShellCheck's worker; undefined where the build has none. */
export type ShellcheckFactory = (files: InitializationOptions['shellcheck']) => WorkerHost | undefined;

export interface ShellLinter {
  /** A result with what ShellCheck has said already, and the scripts that it has yet to see. Does not wait for anything. */
  known(
    result: LintResult,
    options: LintOptions,
    settings: ShellcheckSettings,
  ): { readonly result: LintResult; readonly missing: readonly ShellJob[] };
  /** Lints scripts after `waitMs`; resolves when `known` knows them, or when it is cancelled. Never rejects. */
  lint(jobs: readonly ShellJob[], waitMs: number, signal: CancelSignal): Promise<void>;
  dispose(): void;
}

/** More scripts than a file written by people has; the rest of a generated one is not worth minutes of work. */
const MAX_SCRIPTS = 1000;

/** ShellCheck for an editor: one worker, started when it is needed first, and results kept by script. */
export function createShellLinter(
  start: () => WorkerHost | undefined,
  onUnavailable: (reason: string) => void,
): ShellLinter {
  let running: { readonly host: WorkerHost; readonly pool: ShellcheckPool } | undefined;
  let state: 'new' | 'running' | 'unavailable' = 'new';

  function ready(): typeof running {
    if (state !== 'new') return state === 'running' ? running : undefined;
    const host = start();
    state = host ? 'running' : 'unavailable';
    if (!host) return undefined;
    const pool = createShellcheckPool(host, {
      size: 1,
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
      const jobs = shellJobs(result.facts, readingOf(options.profile)).slice(0, MAX_SCRIPTS);
      const found: Finding[] = [];
      const missing: ShellJob[] = [];
      for (const job of jobs) {
        const outcome = pool.known(job.request);
        if (!outcome) missing.push(job);
        else if (outcome.kind === 'linted')
          found.push(...shellFindings(job, outcome.comments, result.findings, options, settings));
      }
      return { result: withFindings(result, found, options), missing };
    },
    async lint(jobs, waitMs, signal) {
      const now = ready();
      if (!now) return;
      if (waitMs > 0) await pause(now.host, waitMs, signal);
      // What is said of each is kept by the pool, also that it took too long.
      await Promise.all(jobs.map(job => now.pool.lint(job.request, signal)));
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
