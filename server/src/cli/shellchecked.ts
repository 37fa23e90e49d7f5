import type { ShellcheckSettings } from '../../../shared/src/settings.js';
import { withFindings } from '../engine/lint.js';
import { readingOf } from '../engine/profiles.js';
import { shellJobs } from '../engine/shellcheck.js';
import { shellFindings } from '../engine/shellcheck-findings.js';
import type { LintOptions, LintResult } from '../engine/types.js';
import type { ShellcheckRunner, SkipReason } from '../shellcheck/index.js';
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
  if (!runner || !settings.enable) return { result, skipped: [] };
  const skipped: Skipped[] = [];
  const found = await Promise.all(
    shellJobs(result.facts, readingOf(options.profile)).map(async job => {
      const outcome = await runner.lint(job.request);
      if (outcome.kind === 'linted') return shellFindings(job, outcome.comments, result.findings, options, settings);
      const { reason } = outcome;
      if (reason === 'too-long' || reason === 'timed-out' || reason === 'crashed')
        skipped.push({ at: job.placed.start, reason });
      return [];
    }),
  );
  return { result: withFindings(result, found.flat(), options), skipped };
}
