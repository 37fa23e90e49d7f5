import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { isRecord } from '../../../shared/src/record.js';
import { readReasonOf } from './file-errors.js';
import { marksOf } from './finding-marks.js';
import type { Input } from './inputs.js';
import { type Io, UsageError } from './io.js';
import type { FileOutcome } from './lint-files.js';
import { saveReport } from './save-file.js';

/** Findings that were there before, by file: paths are relative to the folder of the baseline, with `/`. */
export interface Baseline {
  readonly path: string;
  readonly files: ReadonlyMap<string, readonly string[]>;
}

/** Reads the baseline that `--baseline` names. With `isNew` there may be none yet. */
export function readBaseline(given: string, isNew: boolean, io: Pick<Io, 'cwd'>): Baseline {
  const path = resolve(io.cwd, given);
  if (isNew && !existsSync(path)) return { path, files: new Map() };
  try {
    return { path, files: parsed(JSON.parse(readFileSync(path, 'utf8'))) };
  } catch (error) {
    if (!existsSync(path)) throw new UsageError(`there is no baseline ${given}: add --update-baseline to make it.`);
    const why = error instanceof SyntaxError ? 'it is not a baseline.' : readReasonOf(error);
    throw new UsageError(`the baseline ${given} cannot be read: ${why}`);
  }
}

function parsed(value: unknown): Map<string, readonly string[]> {
  const files = isRecord(value) && value['version'] === 1 ? value['files'] : undefined;
  if (!isRecord(files)) throw new SyntaxError();
  return new Map(
    Object.entries(files).map(([path, marks]) => {
      if (!Array.isArray(marks)) throw new SyntaxError();
      return [path, marks.filter(mark => typeof mark === 'string')];
    }),
  );
}

const keyOf = ({ path }: Baseline, { folder, name }: Input): string =>
  relative(dirname(path), join(folder, name)).split(sep).join('/');

/** What is left of the outcomes without the findings of the baseline; and how many of those are there no more. */
export function withoutKnown(
  outcomes: readonly FileOutcome[],
  baseline: Baseline,
  keep: (outcome: FileOutcome, isKept: (index: number) => boolean) => FileOutcome,
): { readonly outcomes: FileOutcome[]; readonly gone: number } {
  let gone = 0;
  const left = outcomes.map(outcome => {
    if (outcome.error !== undefined) return outcome;
    const known = new Set(baseline.files.get(keyOf(baseline, outcome.input)));
    const marks = marksOf(outcome.text, outcome.findings);
    const found = new Set(marks);
    gone += [...known].filter(mark => !found.has(mark)).length;
    return keep(outcome, index => !known.has(marks[index] ?? ''));
  });
  return { outcomes: left, gone };
}

/** Writes the findings as the new baseline. Files that were not checked keep what was known of them, unless they are gone. */
export function updateBaseline(outcomes: readonly FileOutcome[], baseline: Baseline): string | undefined {
  const files = new Map([...baseline.files].filter(([path]) => existsSync(join(dirname(baseline.path), path))));
  for (const { input, error, text, findings } of outcomes)
    if (error === undefined) files.set(keyOf(baseline, input), marksOf(text, findings).sort());
  const sorted = [...files].filter(([, marks]) => marks.length > 0).sort(([a], [b]) => (a < b ? -1 : 1));
  const content = { version: 1, files: Object.fromEntries(sorted) };
  return saveReport(baseline.path, `${JSON.stringify(content, undefined, 2)}\n`);
}
