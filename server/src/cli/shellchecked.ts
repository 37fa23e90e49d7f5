import type { ShellcheckSettings } from '../../../shared/src/settings.js';
import { withFindings } from '../engine/lint.js';
import type { LintResult } from '../engine/result.js';
import { templateOf } from '../engine/template.js';
import type { FileFacts } from '../facts/index.js';
import { readingOf } from '../profiles/rule-set.js';
import type { Finding, LintOptions } from '../profiles/types.js';
import type { Comment, LintOutcome, ShellcheckRunner, SkipReason } from '../shellcheck/index.js';
import { shellFindings } from '../shellcheck/lint/findings.js';
import { shellJobs } from '../shellcheck/lint/jobs.js';
import type { ShellJob } from '../shellcheck/script-job.js';
import { lineIndex, positionAt } from '../text/line-index.js';
import type { ScriptCache } from './script-cache.js';

/** ShellCheck for one thread. */
export interface Shellcheck extends Pick<ShellcheckRunner, 'lint' | 'dispose'> {
  readonly cache?: ScriptCache | undefined;
}

/** Why a script was left out, as far as nobody else says so. */
const SKIPPED = {
  'too-long': 'it is too long',
  'timed-out': 'it took too long',
  crashed: 'it made ShellCheck crash',
} as const satisfies Partial<Record<SkipReason, string>>;

interface Skipped {
  readonly at: number;
  readonly reason: keyof typeof SKIPPED;
}

interface Shellchecked {
  readonly result: LintResult;
  /** The findings that the exit status depends on. */
  readonly counting: LintResult;
  readonly skipped: readonly Skipped[];
}

/** Lines for standard error about scripts that ShellCheck did not read. */
export function skippedNotes(path: string, text: string, skipped: readonly Skipped[]): string[] {
  if (skipped.length === 0) return [];
  const index = lineIndex(text);
  return skipped.map(({ at, reason }) => {
    const { line } = positionAt(index, at);
    return `dockwright: ${path}:${line + 1}: ShellCheck did not read this script: ${SKIPPED[reason]}.\n`;
  });
}

/** A script that ShellCheck has been asked about. */
interface Asked {
  readonly job: ShellJob;
  readonly outcome: Promise<LintOutcome>;
}

/** Asks ShellCheck about all scripts of a file: it works while this thread does something else. */
export const askShellcheck = (
  facts: FileFacts,
  { profile, template }: LintOptions,
  shellcheck: Shellcheck | undefined,
): readonly Asked[] =>
  shellcheck
    ? [...shellJobs(facts, readingOf(profile), templateOf(facts, template))].map(job => ({
        job,
        outcome: shellcheck.lint(job.request),
      }))
    : [];

/** A result with what ShellCheck says beside it. */
export async function withAnswers(
  result: LintResult,
  asked: readonly Asked[],
  options: LintOptions,
  settings: ShellcheckSettings,
): Promise<Shellchecked> {
  const skipped: Skipped[] = [];
  const found: Finding[] = [];
  const counting: Finding[] = [];
  const isHadolint = options.profile === 'hadolint';
  for (const { job, outcome } of asked) {
    const answer = await outcome;
    if (answer.kind === 'linted') {
      const { comments } = answer;
      found.push(...shellFindings(job, comments, result.findings, options, settings));
      if (isHadolint) counting.push(...shellFindings(job, lastSaid(job, comments), result.findings, options, settings));
    } else if (answer.reason === 'too-long' || answer.reason === 'timed-out' || answer.reason === 'crashed')
      skipped.push({ at: job.placed.start, reason: answer.reason });
  }
  const whole = withFindings(result, found, options);
  return { result: whole, counting: isHadolint ? withFindings(result, counting, options) : whole, skipped };
}

const RANK = { error: 0, warning: 1, info: 2, style: 3 } as const satisfies Record<Comment['level'], number>;

/**
 * hadolint keeps one comment of an instruction, the last in ShellCheck's order, before it looks at what is ignored. We
 * show all of them; a pipeline that was green with hadolint is to stay so.
 */
function lastSaid({ off }: ShellJob, comments: readonly Comment[]): readonly Comment[] {
  const known = comments.filter(({ code }) => !off.includes(code));
  const sorted = known.toSorted(
    (a, b) =>
      a.start - b.start ||
      RANK[a.level] - RANK[b.level] ||
      a.code - b.code ||
      (a.message < b.message ? -1 : a.message > b.message ? 1 : 0),
  );
  return sorted.slice(-1);
}
