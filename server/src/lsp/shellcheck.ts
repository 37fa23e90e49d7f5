import type { InitializationOptions } from '../../../shared/src/protocol.js';
import type { ShellcheckSettings } from '../../../shared/src/settings.js';
import { withoutIgnored } from '../engine/directives.js';
import { type ShellJob, shellFindings, shellJobs } from '../engine/shellcheck.js';
import type { Finding, LintOptions, LintResult } from '../engine/types.js';
import {
  type CancelSignal,
  type Comment,
  createShellcheckPool,
  type ShellcheckPool,
  type WorkerHost,
} from '../shellcheck/index.js';

/** Makes what starts ShellCheck's worker; undefined where the build has none. */
export type ShellcheckFactory = (files: InitializationOptions['shellcheck']) => WorkerHost | undefined;

export interface ShellLinter {
  /** The findings on scripts that were linted before, at once; and whether some are still to be linted. */
  known(
    result: LintResult,
    options: LintOptions,
    settings: ShellcheckSettings,
  ): { readonly findings: readonly Finding[]; readonly complete: boolean };
  /** Lints what is missing; resolves when `known` knows it. Never rejects. */
  lint(result: LintResult, settings: ShellcheckSettings, signal: CancelSignal): Promise<void>;
  dispose(): void;
}

/** More results than a large workspace has scripts. */
const MAX_KNOWN = 5000;

/** ShellCheck for an editor: one worker, started when it is needed first, and results kept by script. */
export function createShellLinter(
  host: () => WorkerHost | undefined,
  onUnavailable: (reason: string) => void,
): ShellLinter {
  const results = new Map<string, readonly Comment[]>();
  let pool: ShellcheckPool | undefined;
  let unavailable = false;

  const keyOf = ({ request }: ShellJob): string =>
    `${request.shell}\u0000${(request.assigned ?? []).join()}\u0000${request.script}`;

  function poolFor(): ShellcheckPool | undefined {
    if (pool || unavailable) return pool;
    const started = host();
    if (!started) {
      unavailable = true;
      return undefined;
    }
    pool = createShellcheckPool(started, {
      size: 1,
      onUnavailable: reason => {
        unavailable = true;
        onUnavailable(reason);
      },
    });
    return pool;
  }

  return {
    known(result, options, settings) {
      if (!settings.enable || unavailable) return { findings: [], complete: true };
      const found: Finding[] = [];
      let complete = true;
      for (const job of shellJobs(result.facts)) {
        const comments = results.get(keyOf(job));
        if (comments) found.push(...shellFindings(job, comments, result.findings, options, settings));
        else complete = false;
      }
      return { findings: withoutIgnored(result, found, options), complete };
    },
    async lint(result, settings, signal) {
      if (!settings.enable) return;
      const running = poolFor();
      if (!running) return;
      const jobs = shellJobs(result.facts).filter(job => !results.has(keyOf(job)));
      await Promise.all(
        jobs.map(async job => {
          const outcome = await running.lint(job.request, signal);
          // What cannot be linted in time is not tried again with every keystroke.
          if (outcome.kind === 'skipped' && outcome.reason === 'cancelled') return;
          if (results.size >= MAX_KNOWN) results.clear();
          results.set(keyOf(job), outcome.kind === 'linted' ? outcome.comments : []);
        }),
      );
    },
    dispose() {
      pool?.dispose();
      pool = undefined;
    },
  };
}
