import { availableParallelism } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { SEVERITIES } from '../../standards/severity.js';
import type { Arguments } from '../args.js';
import type { Input } from '../inputs.js';
import { standardInput } from '../inputs.js';
import { type ExitCode, type Io, UsageError } from '../io.js';
import type { FileOutcome } from '../lint-files.js';
import { runLint } from '../lint-run.js';
import { readTextFile } from '../read-text.js';
import { saveReport } from '../save-file.js';
import { HADOLINT_REPORTERS } from './reports.js';
import { rowsOf } from './row.js';
import { type HadolintSettings, hadolintSettings } from './settings.js';

/** The version whose flags, formats and exit status these are. */
const HADOLINT_VERSION = '2.15.1';

/** `dockwright hadolint`: takes what hadolint takes, and answers as it does. See docs/hadolint.md. */
export async function hadolintCommand(args: Arguments, io: Io): Promise<ExitCode> {
  if (args.has('version')) {
    io.out(`hadolint ${HADOLINT_VERSION}, as Dockwright ${io.version} understands it\n`);
    return 0;
  }
  if (args.positionals.length === 0)
    throw new UsageError('name a Dockerfile, or - for standard input. See dockwright hadolint --help.');
  const settings = hadolintSettings(args, io);
  const { settled } = settings;
  const inputs = args.positionals.map(path => inputOf(path, io));
  const { outcomes, isShellcheckMissing } = await runLint(
    inputs,
    new Map(inputs.map(({ folder }) => [folder, settled])),
    {
      fix: undefined,
      write: false,
      format: undefined,
      place: { cwd: io.cwd, context: undefined },
      isLikeHadolint: true,
      wantsShellcheck: true,
      keepsScripts: true,
      jobs: availableParallelism(),
    },
    io,
  );
  for (const { input, error } of outcomes) if (error !== undefined) io.err(`dockwright: ${input.path}: ${error}\n`);
  const isWritten = write(reportOf(outcomes, settings, args, io), args.value('output'), io);
  const isBroken = isShellcheckMissing || !isWritten || outcomes.some(({ error }) => error !== undefined);
  return isBroken || fails(outcomes, settings) ? 1 : 0;
}

/** Each path is a file: hadolint searches no folders and knows no patterns. */
function inputOf(path: string, io: Io): Input {
  if (path === '-') return standardInput(io, undefined);
  const absolute = resolve(io.cwd, path);
  const [folder, name] = [dirname(absolute), basename(absolute)];
  return { path, kind: 'file', folder, name, read: async binary => readTextFile(join(folder, name), binary) };
}

function reportOf(
  outcomes: readonly FileOutcome[],
  { formats, color }: HadolintSettings,
  args: Arguments,
  { version }: Io,
): string {
  const files = outcomes
    .filter(({ error }) => error === undefined)
    .map(({ input, text, findings }) => ({ path: input.path, rows: rowsOf(text, findings) }));
  const context = { color, shownPath: args.value('file-path-in-report'), version };
  return formats.map(format => HADOLINT_REPORTERS[format](files, context)).join('');
}

/** Says why when the report cannot be written. */
function write(report: string, output: string | undefined, io: Io): boolean {
  if (output === undefined) {
    io.out(report);
    return true;
  }
  const unsaved = saveReport(resolve(io.cwd, output), report);
  if (unsaved !== undefined) io.err(`dockwright: ${output} cannot be written: ${unsaved}\n`);
  return unsaved === undefined;
}

/** What reads these two formats decides for itself. */
const NEVER_FAILING = ['codeclimate', 'codacy'];

function fails(outcomes: readonly FileOutcome[], { formats, failOn }: HadolintSettings): boolean {
  if (failOn === 'never' || formats.some(format => NEVER_FAILING.includes(format))) return false;
  return outcomes.some(({ worst }) => worst !== undefined && SEVERITIES.indexOf(worst) <= SEVERITIES.indexOf(failOn));
}
