import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { diffLines } from 'diff';
import { lineIndex, positionAt } from '../text/line-index.js';
import { marksOf } from './finding-marks.js';
import type { Input } from './inputs.js';
import { UsageError } from './io.js';
import type { FileOutcome } from './lint-files.js';
import { decode } from './read-text.js';

/** Files that a change touches, by their absolute path, with the text that each had before; undefined for a new file. */
export type Changes = ReadonlyMap<string, string | undefined>;

/** What was changed since the working tree and a revision parted, in files that git knows and in those that are new to it. */
export function changesSince(revision: string, cwd: string): Changes {
  const top = git(cwd, ['rev-parse', '--show-toplevel'])?.trim();
  if (top === undefined) throw new UsageError('--since needs git, and a folder that is in a git repository.');
  if (revision.startsWith('-') || git(cwd, ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`]) === undefined)
    throw new UsageError(
      `--since: git does not know “${revision}”: fetch it first. In a pipeline the whole history is needed (fetch-depth: 0, GIT_DEPTH: 0).`,
    );
  const base = git(cwd, ['merge-base', revision, 'HEAD'])?.trim() ?? revision;
  const changes = new Map<string, string | undefined>();
  const fields = (git(top, ['diff', '--name-status', '--find-renames', '-z', base]) ?? '').split('\0');
  for (let at = 0; at + 1 < fields.length; ) {
    const kind = fields[at++] ?? '';
    const from = fields[at++] ?? '';
    const to = /^[RC]/.test(kind) ? (fields[at++] ?? '') : from;
    if (kind !== 'D') changes.set(resolve(top, to), kind === 'A' ? undefined : git(top, ['show', `${base}:${from}`]));
  }
  const untracked = git(top, ['ls-files', '--others', '--exclude-standard', '-z']) ?? '';
  for (const path of untracked.split('\0')) if (path !== '') changes.set(resolve(top, path), undefined);
  return changes;
}

function git(cwd: string, args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { cwd, maxBuffer: 256 * 1024 * 1024 });
  return status === 0 ? stdout.toString('utf8') : undefined;
}

/** What a change did to a file; undefined where it did nothing. git says the real place of each file. */
export function changeOf(
  changes: Changes,
  { folder, name }: Input,
): { readonly before: string | undefined } | undefined {
  const path = join(realpathSync(folder), name);
  return changes.has(path) ? { before: changes.get(path) } : undefined;
}

/** The file as it was, to be linted with what counts for the file as it is. */
export const asBefore = (input: Input, text: string): Input => ({
  ...input,
  kind: 'stdin',
  read: () => Promise.resolve(decode(Buffer.from(text))),
});

/** Whether a change has to do with a finding: it is on a line that was changed, or it was not there before. */
export function isOfChange(outcome: FileOutcome, before: FileOutcome): (index: number) => boolean {
  const index = lineIndex(outcome.text);
  const touched = touchedLines(before.text, outcome.text);
  const old = new Set(marksOf(before.text, before.findings));
  const marks = marksOf(outcome.text, outcome.findings);
  return at => {
    const span = outcome.findings[at]?.span;
    if (!span || !old.has(marks[at] ?? '')) return true;
    const last = positionAt(index, Math.max(span.start, span.end - 1)).line;
    for (let line = positionAt(index, span.start).line; line <= last; line++) if (touched.has(line)) return true;
    return false;
  };
}

/** Zero-based lines of the new text that the old one does not have. */
function touchedLines(before: string, after: string): ReadonlySet<number> {
  const touched = new Set<number>();
  let line = 0;
  for (const { added, removed, count } of diffLines(before, after)) {
    if (removed) continue;
    if (added) for (let at = 0; at < count; at++) touched.add(line + at);
    line += count;
  }
  return touched;
}
