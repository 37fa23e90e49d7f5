import { resolve } from 'node:path';
import { closest } from '../text/closest.js';
import type { Arguments } from './args.js';
import type { Input } from './inputs.js';
import { sourceOf } from './inputs.js';
import { type Io, UsageError } from './io.js';
import type { Settled } from './load-config.js';
import { FORMATS, type FormatName, formatFor } from './reporters/formats.js';
import { REPORTERS } from './reporters/index.js';
import type { FileReport, ReportContext } from './reporters/report.js';
import { saveReport } from './save-file.js';

interface Output {
  readonly format: FormatName;
  readonly path: string;
}

/** Where reports go. */
export interface Outputs {
  /** What is written to standard output; undefined when the only report goes to a file. */
  readonly shown: FormatName | undefined;
  readonly files: readonly Output[];
}

/**
 * Reads `--format` and `--output`: `-o FILE` takes the report away from standard output, `-o FORMAT=FILE` adds one.
 * `usual` is the format where none is given.
 */
export function outputsOf(args: Arguments, usual: FormatName, inputs: readonly Input[], io: Pick<Io, 'cwd'>): Outputs {
  if (args.all('format').length > 1)
    throw new UsageError(
      '--format is given twice. For several reports, add -o FORMAT=FILE for each: -o sarif=a.sarif.',
    );
  const format = args.choice('format', FORMATS) ?? usual;
  const named = args.all('output').map((value): Output & { readonly isOnly: boolean } => {
    const equals = value.indexOf('=');
    return equals < 0
      ? { format, path: value, isOnly: true }
      : { format: formatNamed(value.slice(0, equals), value), path: value.slice(equals + 1), isOnly: false };
  });
  const only = named.filter(({ isOnly }) => isOnly);
  if (only.length > 1)
    throw new UsageError(
      `--output names ${only.map(({ path }) => path).join(' and ')}: say what goes where by -o FORMAT=FILE.`,
    );
  for (const { path } of named) keepInputs(path, inputs, io);
  return { shown: only.length > 0 ? undefined : format, files: named.map(({ format, path }) => ({ format, path })) };
}

function formatNamed(name: string, value: string): FormatName {
  const format = FORMATS.find(one => one === name);
  if (format) return format;
  const meant = closest(name, FORMATS);
  throw new UsageError(
    `--output: there is no format “${name}”${meant ? `; did you mean ${meant}?` : `. For a file of that name, write ./${value}.`}`,
  );
}

function keepInputs(given: string, inputs: readonly Input[], io: Pick<Io, 'cwd'>): void {
  const path = resolve(io.cwd, given);
  const about = inputs.find(input => input.kind === 'file' && sourceOf(input) === path);
  if (about)
    throw new UsageError(
      `--output would put the report in place of ${about.path}, which is to be checked: name another file.`,
    );
}

/** The format that configuration names, where the command line does not. */
export function usualFormat({ output }: Settled, io: Pick<Io, 'err'>): FormatName {
  for (const wanted of output.formats ?? []) {
    const format = formatFor(wanted);
    if (format) return format;
    io.err(`dockwright: there is no format ${wanted}; the report is text.\n`);
  }
  return 'text';
}

/** Writes the reports that go to files. Returns whether all could be written; else why has been said. */
export function saveReports(
  { files }: Outputs,
  reports: readonly FileReport[],
  context: ReportContext,
  io: Pick<Io, 'cwd' | 'err'>,
): boolean {
  let isDone = true;
  for (const { format, path } of files) {
    const report = REPORTERS[format](reports, { ...context, color: false });
    const unsaved = saveReport(resolve(io.cwd, path), report);
    if (unsaved === undefined) continue;
    io.err(`dockwright: ${path} cannot be written: ${unsaved}\n`);
    isDone = false;
  }
  return isDone;
}
