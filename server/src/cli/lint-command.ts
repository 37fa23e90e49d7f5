import { availableParallelism } from 'node:os';
import { addIgnores, reasonFrom } from './add-ignores.js';
import type { Arguments } from './args.js';
import { type Baseline, readBaseline, updateBaseline, withoutKnown } from './baseline.js';
import { contextChoice } from './context-choice.js';
import { diffPaths, unifiedDiff } from './diff.js';
import { DOCKERFILES_AND_COMPOSE, dockerfilesOf, type Input } from './inputs.js';
import { type ExitCode, type Io, UsageError } from './io.js';
import type { FileOutcome } from './lint-files.js';
import { type RunRequest, runLint } from './lint-run.js';
import { configLoader, settleFolders, withoutExcluded } from './load-config.js';
import { type Outputs, outputsOf, saveReports, usualFormat } from './outputs.js';
import { printConfig } from './print-config.js';
import { isFileFormat, REPORTERS } from './reporters/index.js';
import type { FileReport } from './reporters/report.js';
import { statisticsOf } from './reporters/statistics.js';
import { asBefore, type Changes, changeOf, changesSince, isOfChange } from './since.js';
import { wantsColor } from './style.js';
import { failOnOf, failsBy, thresholdOf, withSome } from './verdict.js';

/** `dockwright lint`. */
export async function lintCommand(args: Arguments, io: Io): Promise<ExitCode> {
  if (!args.has('watch')) return lintOnce(args, io);
  if (['fix', 'add-ignores', 'output'].some(name => args.value(name) !== undefined) || args.has('update-baseline'))
    throw new UsageError('--watch writes nothing: leave out --fix, --add-ignores, --update-baseline and --output.');
  if (args.positionals.includes('-')) throw new UsageError('--watch cannot read standard input again.');
  if (!io.nextChange) throw new UsageError('files cannot be watched here.');
  for (;;) {
    // Before it is read: what changes meanwhile counts, too.
    const change = io.nextChange();
    const code = await lintOnce(args, io);
    if (!(await change)) return code;
  }
}

async function lintOnce(args: Arguments, all: Io): Promise<ExitCode> {
  const { progress, ...silent } = all;
  const io: Io = args.has('quiet') || !progress ? silent : { ...silent, progress };
  const begin = performance.now();
  const diff = args.has('diff');
  const fix = args.choice('fix', ['safe', 'review']) ?? (diff ? 'safe' : undefined);
  const threshold = thresholdOf(args);
  const baseline = baselineOf(args, fix !== undefined, io);
  const reason = reasonFrom(args.value('add-ignores'));
  if (reason !== undefined && (fix !== undefined || args.has('update-baseline')))
    throw new UsageError('--add-ignores goes with neither --fix nor --update-baseline.');
  const since = args.value('since');
  const changes = since === undefined ? undefined : changesSince(since, io.cwd);
  const configs = configLoader(args, io);
  const positionals = args.positionals.length > 0 ? args.positionals : ['.'];
  const found = dockerfilesOf(positionals, args, io, DOCKERFILES_AND_COMPOSE);
  const changed = changes ? found.filter(input => input.kind !== 'file' || changeOf(changes, input)) : found;
  const settled = await settleFolders(changed, configs, io);
  if (!settled) return 2;
  const inputs = withoutExcluded(changed, settled, positionals, io);
  const first = [...settled.values()][0] ?? (await configs.for(io.cwd));
  const outputs = outputsOf(args, usualFormat(first, io), inputs, io);
  if (args.has('list-files')) return listFiles(inputs, io);
  if (args.has('print-config')) return printConfig(inputs, settled, io);

  // A report that is written file by file knows neither what was there before nor what else is to be written.
  const isPlain =
    reason === undefined && !baseline && !changes && outputs.files.length === 0 && !args.has('statistics');
  const request: RunRequest = {
    fix,
    write: !diff,
    format: isPlain && isFileFormat(outputs.shown) ? outputs.shown : undefined,
    place: contextChoice(args, io),
    isLikeHadolint: false,
    wantsShellcheck: !args.has('no-shellcheck'),
    keepsScripts: !args.has('no-cache'),
    jobs: jobsFrom(args),
  };
  const run = await runLint(inputs, settled, request, io);
  let outcomes = run.outcomes;
  if (changes) outcomes = await onlyChanged(outcomes, changes, olds => runLint(olds, settled, request, io));
  if (baseline && args.has('update-baseline')) {
    const unsaved = updateBaseline(outcomes, baseline);
    if (unsaved !== undefined) throw new UsageError(`the baseline cannot be written: ${unsaved}`);
    io.err(`dockwright: ${counted(outcomes)} are in the baseline now.\n`);
    return run.isShellcheckMissing || hasErrors(outcomes, io) ? 2 : 0;
  }
  if (baseline) {
    const { outcomes: fresh, gone } = withoutKnown(outcomes, baseline, withSome);
    outcomes = fresh;
    if (gone > 0 && !args.has('quiet'))
      io.err(`dockwright: ${gone} of the baseline are gone: take them out with --update-baseline.\n`);
  }
  if (reason !== undefined)
    return !addIgnores(outcomes, reason, io) || run.isShellcheckMissing || hasErrors(outcomes, io) ? 2 : 0;
  const isWritten = print(outcomes, outputs, { args, io, diff, fix, seconds: secondsSince(begin) });
  if (!isWritten || run.isShellcheckMissing || outcomes.some(outcome => outcome.error !== undefined)) return 2;
  return failsBy(outcomes, threshold) ? 1 : 0;
}

function baselineOf(args: Arguments, isFixing: boolean, io: Io): Baseline | undefined {
  const given = args.value('baseline');
  const isUpdate = args.has('update-baseline');
  if (given === undefined) {
    if (isUpdate) throw new UsageError('--update-baseline needs --baseline FILE, the file to write.');
    return undefined;
  }
  if (isUpdate && isFixing) throw new UsageError('--update-baseline and --fix exclude each other: fix first.');
  return readBaseline(given, isUpdate, io);
}

/** Without the findings that a change has nothing to do with. */
async function onlyChanged(
  outcomes: readonly FileOutcome[],
  changes: Changes,
  lint: (inputs: readonly Input[]) => Promise<{ readonly outcomes: readonly FileOutcome[] }>,
): Promise<readonly FileOutcome[]> {
  const olds = outcomes.map(({ input, error }) => {
    const text = error === undefined && input.kind === 'file' ? changeOf(changes, input)?.before : undefined;
    return text === undefined ? undefined : asBefore(input, text);
  });
  const before = (await lint(olds.filter(old => old !== undefined))).outcomes;
  const byInput = new Map(before.map(outcome => [outcome.input, outcome]));
  return outcomes.map((outcome, index) => {
    const old = olds[index] && byInput.get(olds[index]);
    return old ? withSome(outcome, isOfChange(outcome, old)) : outcome;
  });
}

interface Printing {
  readonly args: Arguments;
  readonly io: Io;
  readonly diff: boolean;
  readonly fix: 'safe' | 'review' | undefined;
  readonly seconds: number;
}

/** Writes the fixed text, the diff and the reports. Returns whether all could be written. */
function print(
  outcomes: readonly FileOutcome[],
  outputs: Outputs,
  { args, io, diff, fix, seconds }: Printing,
): boolean {
  const first = outcomes.find(outcome => outcome.settled)?.settled;
  const color = wantsColor(io) && !args.has('no-color') && !first?.output.noColor;
  const stdin = outcomes.find(outcome => outcome.input.kind === 'stdin');
  if (diff) {
    const pathOf = diffPaths(
      outcomes.map(({ input }) => input),
      io,
    );
    for (const { input, text, fixed } of outcomes) io.out(unifiedDiff(pathOf(input), text, fixed ?? text, color));
  } else if (fix && stdin?.fixed !== undefined) io.out(stdin.fixed);

  // Standard output belongs to the diff or the fixed text, when there is one.
  const isTaken = diff || (fix !== undefined && stdin !== undefined);
  const context = {
    version: io.version,
    cwd: io.cwd,
    color: color && !isTaken,
    fixed: diff ? 0 : outcomes.reduce((sum, outcome) => sum + outcome.applied, 0),
    summary: args.has('quiet') ? undefined : { seconds },
  };
  const { failOn, maxWarnings } = thresholdOf(args);
  const reports = outcomes.map(outcome => reportOf(outcome, maxWarnings === undefined ? failOn : 'error'));
  const isWritten = saveReports(outputs, reports, context, io);
  const { shown } = outputs;
  if (shown !== undefined) {
    const report = args.has('statistics') ? statisticsOf(reports) : REPORTERS[shown](reports, context);
    if (!isTaken) io.out(report);
    else if (!diff) io.err(report);
  }
  // Machine formats carry the errors as well, but whoever reads the terminal should see them too.
  if (shown === undefined || diff || (shown !== 'text' && !isTaken) || args.has('statistics')) hasErrors(outcomes, io);
  return isWritten;
}

/** Says which files could not be checked. */
function hasErrors(outcomes: readonly FileOutcome[], io: Io): boolean {
  for (const { input, error } of outcomes) if (error !== undefined) io.err(`dockwright: ${input.path}: ${error}\n`);
  return outcomes.some(({ error }) => error !== undefined);
}

const reportOf = (
  { input, error, text, findings, report, settled }: FileOutcome,
  asked: FileReport['failOn'],
): FileReport => ({
  path: input.path,
  error: error ?? null,
  text,
  findings,
  report,
  failOn: failOnOf(settled, asked),
});

const secondsSince = (begin: number): number => (performance.now() - begin) / 1000;

function counted(outcomes: readonly FileOutcome[]): string {
  const findings = outcomes.reduce((sum, outcome) => sum + outcome.findings.length, 0);
  return findings === 1 ? '1 finding' : `${findings} findings`;
}

function listFiles(inputs: readonly Input[], io: Io): ExitCode {
  for (const { kind, path } of inputs) if (kind !== 'nothing') io.out(`${path}\n`);
  return hasNothing(inputs) ? 2 : 0;
}

const hasNothing = (inputs: readonly Input[]): boolean => inputs.some(({ kind }) => kind === 'nothing');

function jobsFrom(args: Arguments): number {
  const value = args.value('jobs');
  if (value === undefined) return availableParallelism();
  const jobs = Number(value);
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 256)
    throw new UsageError(`--jobs takes a number from 1 to 256, not “${value}”.`);
  return jobs;
}
