import type { ShellcheckSettings } from '../../../shared/src/settings.js';
import { withFindings } from '../engine/lint.js';
import { readingOf } from '../engine/profiles.js';
import { shellJobs } from '../engine/shellcheck.js';
import { shellFindings } from '../engine/shellcheck-findings.js';
import type { Finding, LintOptions, LintResult } from '../engine/types.js';
import type { Comment, ShellcheckRunner, SkipReason } from '../shellcheck/index.js';
import { lineIndex, positionAt } from '../text/line-index.js';

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

/** A result with what ShellCheck says beside it. */
export async function withShellcheck(
  result: LintResult,
  options: LintOptions,
  settings: ShellcheckSettings,
  runner: Pick<ShellcheckRunner, 'lint'> | undefined,
): Promise<Shellchecked> {
  if (!runner || !settings.enable) return { result, counting: result, skipped: [] };
  const skipped: Skipped[] = [];
  const counting: Finding[] = [];
  const isHadolint = options.profile === 'hadolint';
  const found = await Promise.all(
    shellJobs(result.facts, readingOf(options.profile)).map(async job => {
      const outcome = await runner.lint(job.request);
      if (outcome.kind === 'linted') {
        const { comments } = outcome;
        if (isHadolint) counting.push(...shellFindings(job, lastSaid(comments), result.findings, options, settings));
        return shellFindings(job, comments, result.findings, options, settings);
      }
      const { reason } = outcome;
      if (reason === 'too-long' || reason === 'timed-out' || reason === 'crashed')
        skipped.push({ at: job.placed.start, reason });
      return [];
    }),
  );
  const whole = withFindings(result, found.flat(), options);
  return { result: whole, counting: isHadolint ? withFindings(result, counting, options) : whole, skipped };
}

const RANK = { error: 0, warning: 1, info: 2, style: 3 } as const satisfies Record<Comment['level'], number>;

/**
 * hadolint keeps one comment of an instruction, the last in ShellCheck's order, before it looks at what is ignored. We
 * show all of them; a pipeline that was green with hadolint is to stay so.
 */
function lastSaid(comments: readonly Comment[]): readonly Comment[] {
  const sorted = comments.toSorted(
    (a, b) =>
      a.start - b.start ||
      RANK[a.level] - RANK[b.level] ||
      a.code - b.code ||
      (a.message < b.message ? -1 : a.message > b.message ? 1 : 0),
  );
  return sorted.slice(-1);
}
