import type { InitializationOptions } from '../../../shared/src/protocol.js';
import type { ShellcheckSettings } from '../../../shared/src/settings.js';
import { withFindings } from '../engine/lint.js';
import type { LintResult } from '../engine/result.js';
import { perFile } from '../facts/index.js';
import { readingOf } from '../profiles/rule-set.js';
import type { Finding, LintOptions } from '../profiles/types.js';
import {
  type CancelSignal,
  createShellcheckRunner,
  type ShellcheckRunner,
  type WorkerHost,
} from '../shellcheck/index.js';
import { shellFindings } from '../shellcheck/lint/findings.js';
import { shellJobs } from '../shellcheck/lint/jobs.js';
import type { ShellJob } from '../shellcheck/script-job.js';

/** Makes what starts ShellCheck's worker; undefined where the build has none. */
export type ShellcheckFactory = (files: InitializationOptions['shellcheckFiles']) => WorkerHost | undefined;

/** A result with ShellCheck's findings, and what they were made under. */
interface Completed {
  readonly of: LintResult;
  readonly answers: number;
  readonly options: LintOptions;
  readonly settings: ShellcheckSettings;
  readonly said: WithSaid;
}

/** A result with ShellCheck's findings so far. */
export interface WithSaid {
  readonly result: LintResult;
  /** The scripts that it has yet to see. */
  readonly missing: () => readonly ShellJob[];
}

export interface ShellLinter {
  /** A file is about to be looked at: ShellCheck gets ready meanwhile. */
  prepare(text: string, options: LintOptions, settings: ShellcheckSettings): void;
  /** What ShellCheck has said already. Does not wait for anything. */
  known(result: LintResult, options: LintOptions, settings: ShellcheckSettings): WithSaid;
  /**
   * Lints scripts after `waitMs`; resolves when `known` knows them, or when it is cancelled. Never rejects. Whenever
   * `known` has more to say than before, at the end and now and then before it, `onMore` is called.
   */
  lint(jobs: readonly ShellJob[], waitMs: number, signal: CancelSignal, onMore: () => void): Promise<void>;
  dispose(): void;
}

/** What is known of the scripts of a file, and those that ShellCheck has yet to see. */
function look(
  runner: ShellcheckRunner,
  { facts, findings, template }: LintResult,
  options: LintOptions,
  settings: ShellcheckSettings,
): { readonly found: readonly Finding[]; readonly missing: readonly ShellJob[] } {
  const found: Finding[] = [];
  const missing: ShellJob[] = [];
  let scripts = 0;
  for (const job of shellJobs(facts, readingOf(options.profile), template)) {
    if (++scripts > MAX_SCRIPTS) break;
    const outcome = runner.known(job.request);
    if (!outcome) missing.push(job);
    else if (outcome.kind === 'linted')
      found.push(...shellFindings(job, outcome.comments, findings, options, settings));
  }
  return { found, missing };
}

/** `before` is what was said of the same result: where nothing is new, the same object says so. */
function withAnswers(
  runner: ShellcheckRunner,
  result: LintResult,
  options: LintOptions,
  settings: ShellcheckSettings,
  before: WithSaid | undefined,
): WithSaid {
  const { found, missing } = look(runner, result, options, settings);
  const isNew = before?.missing().length !== missing.length;
  return { result: isNew ? withFindings(result, found, options) : before.result, missing: () => missing };
}

/** Where there is nothing to add, the scripts are looked through when the findings are out. */
function noAnswers(
  runner: ShellcheckRunner,
  result: LintResult,
  options: LintOptions,
  settings: ShellcheckSettings,
): WithSaid {
  let missing: readonly ShellJob[] | undefined;
  return {
    result,
    missing: () => {
      missing ??= look(runner, result, options, settings).missing;
      return missing;
    },
  };
}

/** What has been found is told this long after the start, then each time after as long again, up to the limit. */
const FIRST_AFTER_MS = 75;
const SOME_EVERY_MS = 300;

/** More scripts than a file written by people has; the rest of a generated one is not worth minutes of work. */
export const MAX_SCRIPTS = 1000;

/** How many scripts a file has that ShellCheck could look at. */
export const scriptsIn = ({ facts, template }: LintResult, { profile }: LintOptions): number =>
  [...shellJobs(facts, readingOf(profile), template)].length;

const MAY_HAVE_SCRIPTS = /\brun\b/i;

/** ShellCheck for an editor: workers started when they are needed first, and results kept by script. */
export function createShellLinter(
  start: () => WorkerHost | undefined,
  onUnavailable: (reason: string) => void,
): ShellLinter {
  let running: { readonly host: WorkerHost; readonly runner: ShellcheckRunner } | undefined;
  let state: 'new' | 'running' | 'unavailable' = 'new';
  const completed = perFile((): { last?: Completed } => ({}));

  function ready(): typeof running {
    if (state !== 'new') return state === 'running' ? running : undefined;
    const host = start();
    state = host ? 'running' : 'unavailable';
    if (!host) return undefined;
    const runner = createShellcheckRunner(host, {
      onUnavailable: reason => {
        state = 'unavailable';
        onUnavailable(reason);
      },
    });
    running = { host, runner };
    return running;
  }

  return {
    prepare(text, { profile }, { enable }) {
      if (state !== 'new' || !enable || readingOf(profile) === 'buildkit') return;
      if (MAY_HAVE_SCRIPTS.test(text)) ready()?.runner.prepare();
    },
    known(result, options, settings) {
      const runner = settings.enable ? ready()?.runner : undefined;
      if (!runner) return { result, missing: () => [] };
      const known = completed(result.facts);
      const before = known.last;
      const isSame = before?.of === result && before.options === options && before.settings === settings;
      const answers = runner.answers();
      if (isSame && before.answers === answers) return before.said;
      const said = runner.hasComments()
        ? withAnswers(runner, result, options, settings, isSame ? before.said : undefined)
        : noAnswers(runner, result, options, settings);
      known.last = { of: result, answers, options, settings, said };
      return said;
    },
    async lint(jobs, waitMs, signal, onMore) {
      const now = ready();
      if (!now) return;
      const { host, runner } = now;
      if (waitMs > 0) await pause(host, waitMs, signal);
      let more = false;
      const tell = (): void => {
        if (more && !signal.aborted) onMore();
        more = false;
      };
      let wait = FIRST_AFTER_MS;
      const tick = (): void => {
        wait = Math.min(2 * wait, SOME_EVERY_MS);
        stop = host.after(wait, tick);
        tell();
      };
      let stop = host.after(wait, tick);
      // What is said of each is kept by the runner, also that it took too long.
      await Promise.all(
        jobs.map(async job => {
          const outcome = await runner.lint(job.request, signal);
          more ||= outcome.kind === 'linted' && outcome.comments.length > 0;
        }),
      );
      stop();
      tell();
    },
    dispose() {
      running?.runner.dispose();
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
