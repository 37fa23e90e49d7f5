import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ShellcheckSettings } from '../../../shared/src/settings.js';
import { lint, withFindings } from '../engine/lint.js';
import { readingOf } from '../engine/profiles.js';
import { shellFindings, shellJobs } from '../engine/shellcheck.js';
import type { Finding, LintOptions, LintResult } from '../engine/types.js';
import { fixText, fixTextWith } from '../fixes/index.js';
import type { ShellcheckPool, SkipReason } from '../shellcheck/index.js';
import { lineIndex, positionAt } from '../text/line-index.js';
import { contextReader } from './context.js';
import type { Input } from './inputs.js';
import { type Io, messageOf } from './io.js';
import type { ConfigLoader, Settled } from './load-config.js';
import { reasonOf } from './read-text.js';

/** What became of one file. */
export interface FileOutcome {
  readonly input: Input;
  readonly error: string | undefined;
  /** The text that the findings are about. */
  readonly text: string;
  readonly findings: readonly Finding[];
  /** The text after fixing, when that was asked for. */
  readonly fixed: string | undefined;
  /** How many fixes were applied. */
  readonly applied: number;
  readonly settled: Settled | undefined;
}

export interface LintFilesOptions {
  readonly configs: ConfigLoader;
  readonly fix: 'safe' | 'review' | undefined;
  /** Write fixed files; else the findings are those of the text as it is. */
  readonly write: boolean;
  readonly shellcheck: Pick<ShellcheckPool, 'lint'> | undefined;
  readonly io: Io;
}

/** Lints files in order. One that cannot be read is an outcome like the others. */
export async function lintFiles(inputs: readonly Input[], options: LintFilesOptions): Promise<FileOutcome[]> {
  const contexts = contextReader();
  // ShellCheck works beside this thread, so files overlap where they wait for it; not all at once, for each may hold a file open.
  const outcomes: FileOutcome[] = new Array(inputs.length);
  const queue = inputs.entries();
  const work = async (): Promise<void> => {
    for (const [index, input] of queue) outcomes[index] = await lintFile(input, options, contexts);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return outcomes;
}

const AT_A_TIME = 16;

const failure = (input: Input, error: string, settled?: Settled): FileOutcome => ({
  input,
  error,
  text: '',
  findings: [],
  fixed: undefined,
  applied: 0,
  settled,
});

async function lintFile(
  input: Input,
  options: LintFilesOptions,
  contexts: ReturnType<typeof contextReader>,
): Promise<FileOutcome> {
  const read = await input.read();
  if ('error' in read) return failure(input, read.error);
  const settled = await options.configs.for(input.folder);
  const context = await contexts(input.folder, input.name);
  const lintOptions: LintOptions = context ? { ...settled.options, context } : settled.options;
  const { io, fix, write } = options;
  const shellchecked = (result: LintResult): Promise<Shellchecked> =>
    withShellcheck(result, lintOptions, settled.shellcheck, options.shellcheck);
  let { text } = read;
  let fixed: string | undefined;
  let applied = 0;
  try {
    if (fix) {
      let batch = fixText(text, lintOptions, fix);
      fixed = batch.text;
      applied = batch.applied.length;
      if (fix === 'review' && options.shellcheck) {
        // Behind the rules' own fixes, for what those change ShellCheck has to read again.
        batch = await fixTextWith(fixed, async current => (await shellchecked(lint(current, lintOptions))).result, fix);
        fixed = batch.text;
        applied += batch.applied.length;
      }
      if (write && fixed !== text && !input.isStdin) await writeFile(resolve(input.folder, input.name), fixed);
      if (write) text = fixed;
    }
  } catch (error) {
    return failure(input, `The file cannot be written: ${reasonOf(error)}`, settled);
  }
  const result = lint(text, lintOptions, (rule, error) =>
    io.err(`dockwright: rule ${rule} failed on ${input.path} and was skipped: ${messageOf(error)}\n`),
  );
  const { result: whole, skipped } = await shellchecked(result);
  for (const { at, reason } of skipped) {
    const { line } = positionAt(lineIndex(text), at);
    io.err(`dockwright: ${input.path}:${line + 1}: ShellCheck did not read this script: ${SKIPPED[reason]}.\n`);
  }
  return { input, error: undefined, text, findings: whole.findings, fixed, applied, settled };
}

/** Why a script was left out, as far as nobody else says so. */
const SKIPPED = {
  'too-long': 'it is too long',
  'timed-out': 'it took too long',
  crashed: 'it made ShellCheck crash',
} as const satisfies Partial<Record<SkipReason, string>>;

interface Shellchecked {
  readonly result: LintResult;
  readonly skipped: readonly { readonly at: number; readonly reason: keyof typeof SKIPPED }[];
}

async function withShellcheck(
  result: LintResult,
  options: LintOptions,
  settings: ShellcheckSettings,
  pool: Pick<ShellcheckPool, 'lint'> | undefined,
): Promise<Shellchecked> {
  if (!pool || !settings.enable) return { result, skipped: [] };
  const skipped: { at: number; reason: keyof typeof SKIPPED }[] = [];
  const found = await Promise.all(
    shellJobs(result.facts, readingOf(options.profile)).map(async job => {
      const outcome = await pool.lint(job.request);
      if (outcome.kind === 'linted') return shellFindings(job, outcome.comments, result.findings, options, settings);
      const { reason } = outcome;
      if (reason === 'too-long' || reason === 'timed-out' || reason === 'crashed')
        skipped.push({ at: job.placed.start, reason });
      return [];
    }),
  );
  return { result: withFindings(result, found.flat(), options), skipped };
}
