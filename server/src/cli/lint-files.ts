import { type Input, sourceOf } from './inputs.js';
import type { Io } from './io.js';
import { type FileResult, type LintedText, type LintMode, lintFile, ofThread } from './lint-file.js';
import { forFile, type Settled } from './load-config.js';
import type { Shellcheck } from './shellchecked.js';
import { lintTogether } from './team.js';

/** What became of one file. */
export interface FileOutcome extends Omit<LintedText, 'notes'> {
  readonly input: Input;
  readonly error: string | undefined;
  readonly settled: Settled | undefined;
}

export interface LintFilesOptions extends LintMode {
  readonly shellcheck: Shellcheck | undefined;
  /** ShellCheck cannot run in one of the threads. */
  readonly onUnavailable: (reason: string) => void;
  /** Threads at most. */
  readonly jobs: number;
  readonly io: Io;
}

/** Lints files; what comes of them is in their order. One that cannot be read is an outcome like the others. */
export async function lintFiles(
  inputs: readonly Input[],
  settled: ReadonlyMap<string, Settled>,
  { shellcheck, onUnavailable, jobs, io, ...mode }: LintFilesOptions,
): Promise<FileOutcome[]> {
  const own = ofThread(mode, shellcheck);
  const files = inputs.filter(input => input.kind === 'file');
  const together = await lintTogether(files, settled, mode, own, jobs, io, onUnavailable);
  const byInput = new Map(files.map((file, index) => [file, together[index]]));
  const outcomes: FileOutcome[] = [];
  for (const input of inputs) {
    const settings = settled.get(input.folder);
    const alone = async (): Promise<FileResult | undefined> => {
      const read = await input.read();
      return 'error' in read ? read : settings && lintFile(input, read, settings, own, mode);
    };
    const result = input.kind === 'file' ? byInput.get(input) : await alone();
    outcomes.push(
      outcomeOf(
        input,
        result ?? { error: 'The file was not checked.' },
        settings && forFile(settings, sourceOf(input)),
        io,
      ),
    );
  }
  return outcomes;
}

function outcomeOf(input: Input, result: FileResult, settled: Settled | undefined, io: Io): FileOutcome {
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
