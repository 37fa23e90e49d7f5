import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import type { Severity } from '../rules/rule.js';
import { SEVERITIES } from '../standards/severity.js';
import type { Arguments } from './args.js';
import { contextChoice } from './context-choice.js';
import { diffPaths, unifiedDiff } from './diff.js';
import { DOCKERFILES_AND_COMPOSE, dockerfilesOf, type Input } from './inputs.js';
import { type ExitCode, type Io, UsageError } from './io.js';
import type { FileOutcome } from './lint-files.js';
import { runLint } from './lint-run.js';
import { configLoader, type Settled, settleFolders } from './load-config.js';
import { FORMATS, type FormatName, formatFor } from './reporters/formats.js';
import { isFileFormat, REPORTERS } from './reporters/index.js';
import type { FileReport } from './reporters/report.js';
import { saveReport } from './save-file.js';
import { wantsColor } from './style.js';

type FailOn = Severity | 'never';
const FAIL_ON: readonly FailOn[] = [...SEVERITIES, 'never'];

/** `dockwright lint`. */
export async function lintCommand(args: Arguments, io: Io): Promise<ExitCode> {
  const format = args.choice('format', FORMATS);
  const failOn = args.choice('fail-on', FAIL_ON);
  const diff = args.has('diff');
  const fix = args.choice('fix', ['safe', 'review']) ?? (diff ? 'safe' : undefined);
  const jobs = jobsFrom(args);
  const place = contextChoice(args, io);
  const configs = configLoader(args, io);
  const positionals = args.positionals.length > 0 ? args.positionals : ['.'];
  const inputs = dockerfilesOf(positionals, args, io, DOCKERFILES_AND_COMPOSE);
  const settledFolders = await settleFolders(inputs, configs, io);
  if (!settledFolders) return 2;
  const output = args.value('output');
  if (output !== undefined) keepInputs(resolve(io.cwd, output), inputs);
  const { outcomes, isShellcheckMissing } = await runLint(
    inputs,
    settledFolders,
    {
      fix,
      write: !diff,
      format: isFileFormat(format) ? format : undefined,
      place,
      isLikeHadolint: false,
      wantsShellcheck: !args.has('no-shellcheck'),
      keepsScripts: !args.has('no-cache'),
      jobs,
    },
    io,
  );
  const settled = outcomes.find(outcome => outcome.settled)?.settled ?? (await configs.for(io.cwd));
  const color = wantsColor(io) && !args.has('no-color') && !settled.output.noColor;
  const stdin = outcomes.find(outcome => outcome.input.kind === 'stdin');
  if (diff) {
    const pathOf = diffPaths(inputs, io);
    for (const { input, text, fixed } of outcomes) io.out(unifiedDiff(pathOf(input), text, fixed ?? text, color));
  } else if (fix && stdin?.fixed !== undefined) io.out(stdin.fixed);

  // Standard output belongs to the diff or the fixed text, when there is one.
  const taken = diff || (fix !== undefined && stdin !== undefined);
  const name: FormatName = format ?? formatOf(settled, io);
  const report = REPORTERS[name](outcomes.map(reportOf), {
    version: io.version,
    cwd: io.cwd,
    color: color && output === undefined && !taken,
    fixed: diff ? 0 : outcomes.reduce((sum, outcome) => sum + outcome.applied, 0),
  });
  if (output !== undefined) {
    const unsaved = saveReport(resolve(io.cwd, output), report);
    if (unsaved !== undefined) {
      io.err(`dockwright: ${output} cannot be written: ${unsaved}\n`);
      return 2;
    }
  } else if (!taken) io.out(report);
  else if (!diff) io.err(report);
  // Machine formats carry the errors as well, but whoever reads the terminal should see them too.
  if (output !== undefined || diff || (name !== 'text' && !taken)) {
    for (const { input, error } of outcomes) if (error !== undefined) io.err(`dockwright: ${input.path}: ${error}\n`);
  }
  if (isShellcheckMissing || outcomes.some(outcome => outcome.error !== undefined)) return 2;
  return outcomes.some(outcome => fails(outcome, failOn)) ? 1 : 0;
}

function keepInputs(output: string, inputs: readonly Input[]): void {
  const about = inputs.find(({ kind, folder, name }) => kind === 'file' && join(folder, name) === output);
  if (about)
    throw new UsageError(
      `--output would put the report in place of ${about.path}, which is to be checked: name another file.`,
    );
}

const reportOf = ({ input, error, text, findings, report }: FileOutcome): FileReport => ({
  path: input.path,
  error: error ?? null,
  text,
  findings,
  report,
});

function fails({ worst, settled }: FileOutcome, asked: FailOn | undefined): boolean {
  if (asked === undefined && settled?.output.noFail) return false;
  const failOn = asked ?? settled?.output.failOn ?? (settled?.options.profile === 'hadolint' ? 'info' : 'warning');
  return worst !== undefined && failOn !== 'never' && SEVERITIES.indexOf(worst) <= SEVERITIES.indexOf(failOn);
}

function formatOf({ output }: Settled, io: Io): FormatName {
  for (const wanted of output.formats ?? []) {
    const format = formatFor(wanted);
    if (format) return format;
    io.err(`dockwright: there is no format ${wanted}; the report is text.\n`);
  }
  return 'text';
}

function jobsFrom(args: Arguments): number {
  const value = args.value('jobs');
  if (value === undefined) return availableParallelism();
  const jobs = Number(value);
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 256)
    throw new UsageError(`--jobs takes a number from 1 to 256, not “${value}”.`);
  return jobs;
}
