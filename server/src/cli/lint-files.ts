import { join } from 'node:path';
import { lint } from '../engine/lint.js';
import type { Finding, LintResult } from '../engine/types.js';
import { fixTextWith } from '../fixes/index.js';
import type { Severity } from '../rules/rule.js';
import type { ShellcheckRunner } from '../shellcheck/index.js';
import { fixedBy, saveFixed } from './fix-file.js';
import type { Input } from './inputs.js';
import type { Io } from './io.js';
import {
  type FileResult,
  type LintMode,
  lintText,
  type OfThread,
  ofThread,
  withContext,
  withFindings,
  withName,
} from './lint-file.js';
import type { Settled } from './load-config.js';
import type { GoodText } from './read-text.js';
import { skippedNotes, withShellcheck } from './shellchecked.js';
import { lintTogether } from './team.js';

/** What became of one file. */
export interface FileOutcome {
  readonly input: Input;
  readonly error: string | undefined;
  /** The text that the findings are about. */
  readonly text: string;
  /** None where `report` says them. */
  readonly findings: readonly Finding[];
  /** The file's part of the report, as UTF-8, where its format is written file by file. */
  readonly report: Uint8Array | undefined;
  /** The severity of the most severe finding that the exit status depends on. */
  readonly worst: Severity | undefined;
  /** The text after fixing, when that was asked for. */
  readonly fixed: string | undefined;
  /** How many fixes were applied. */
  readonly applied: number;
  readonly settled: Settled | undefined;
}

export interface LintFilesOptions extends LintMode {
  readonly shellcheck: Pick<ShellcheckRunner, 'lint'> | undefined;
  /** Threads at most. */
  readonly jobs: number;
  readonly io: Io;
}

/** Lints files; what comes of them is in their order. One that cannot be read is an outcome like the others. */
export async function lintFiles(
  inputs: readonly Input[],
  settled: ReadonlyMap<string, Settled>,
  options: LintFilesOptions,
): Promise<FileOutcome[]> {
  const results = await resultsOf(inputs, settled, options);
  return inputs.map((input, index) => {
    const result = results[index] ?? { error: 'The file was not checked.' };
    return outcomeOf(input, result, settled.get(input.folder), options);
  });
}

async function resultsOf(
  inputs: readonly Input[],
  settled: ReadonlyMap<string, Settled>,
  options: LintFilesOptions,
): Promise<(FileResult | undefined)[]> {
  const { shellcheck, io, fix, write, format, place, jobs } = options;
  const own = ofThread(options);
  const alone = async (input: Input): Promise<FileResult> => {
    const read = await input.read();
    const known = settled.get(input.folder);
    if ('error' in read || !known) return 'error' in read ? read : { error: 'The file was not checked.' };
    return lintInput(input, read, known, own, options);
  };
  if (shellcheck) return overlapping(inputs, alone);
  const files = inputs.filter(input => input.kind === 'file');
  const together = await lintTogether(files, settled, { fix, write, format, place }, own, jobs, io);
  const byInput = new Map(files.map((file, index) => [file, together[index]]));
  const results: (FileResult | undefined)[] = [];
  for (const input of inputs) results.push(input.kind === 'file' ? byInput.get(input) : await alone(input));
  return results;
}

/** ShellCheck works in threads of its own, so files overlap where they wait for it; not all at once, for each holds its facts. */
async function overlapping(
  inputs: readonly Input[],
  lint: (input: Input) => Promise<FileResult>,
): Promise<FileResult[]> {
  const results: FileResult[] = new Array(inputs.length);
  const queue = inputs.entries();
  const work = async (): Promise<void> => {
    for (const [index, input] of queue) results[index] = await lint(input);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return results;
}

const AT_A_TIME = 16;

async function lintInput(
  { path, kind, folder, name }: Input,
  read: GoodText,
  { options, shellcheck: settings }: Settled,
  { contexts, reports }: OfThread,
  { fix, write, format, shellcheck: pool }: LintFilesOptions,
): Promise<FileResult> {
  const inContext = withName(await withContext(options, contexts, folder, name, read.text), join(folder, name));
  // Of a file it is said, and the file left as it is; a text that goes to standard output could not be left out.
  if (kind === 'stdin' && fix && !read.isUtf8) return { error: 'It is not valid UTF-8, so it cannot be fixed.' };
  let fixed = fixedBy(name, read, inContext, fix);
  if (fixed && fixed.refusal === undefined && fix === 'review' && pool) {
    // After the rules' own fixes, for what those change ShellCheck has to read again.
    const findings = async (current: string): Promise<LintResult> =>
      (await withShellcheck(lint(current, inContext), inContext, settings, pool)).result;
    const batch = await fixTextWith(fixed.text, findings, fix);
    fixed = { text: batch.text, applied: fixed.applied + batch.applied.length };
  }
  const unsaved = write && fixed && kind === 'file' ? saveFixed({ folder, name }, read.text, fixed.text) : undefined;
  if (unsaved !== undefined) return { error: unsaved };
  const { linted, result } = lintText(read, fixed, path, inContext, write);
  const { result: whole, counting, skipped } = await withShellcheck(result, inContext, settings, pool);
  const notes = [...linted.notes, ...skippedNotes(path, linted.text, skipped)];
  return withFindings({ ...linted, notes }, path, whole.findings, format, reports, counting.findings);
}

function outcomeOf(
  input: Input,
  result: FileResult,
  settled: Settled | undefined,
  { io }: LintFilesOptions,
): FileOutcome {
  if ('error' in result) return failure(input, result.error, settled);
  const { text, findings, report, worst, fixed, applied, notes } = result;
  for (const note of notes) io.err(note);
  return { input, error: undefined, text, findings, report, worst, fixed, applied, settled };
}

const failure = (input: Input, error: string, settled: Settled | undefined): FileOutcome => ({
  input,
  error,
  text: '',
  findings: [],
  report: undefined,
  worst: undefined,
  fixed: undefined,
  applied: 0,
  settled,
});
