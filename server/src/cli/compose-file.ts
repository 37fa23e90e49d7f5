import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Beside, folderOf, type ProjectFiles } from '../compose/index.js';
import { type ComposeResult, lintCompose } from '../engine/lint-compose.js';
import { withFixes } from '../engine/template-rules.js';
import { composeFixable, finish, fixStepsBy } from '../fixes/index.js';
import type { LintOptions } from '../profiles/types.js';
import { SEVERITIES } from '../standards/severity.js';
import { keeping } from '../text/keeping.js';
import { saveFixed } from './fix-file.js';
import { messageOf } from './io.js';
import type { FileResult, FileTask, LintMode } from './lint-file.js';
import { type GoodText, readIfThere } from './read-text.js';
import { fileReport } from './reporters/index.js';

/** The files around a Compose file on this machine. */
export function filesAround(folder: string): ProjectFiles {
  const entriesIn = keeping((path: string): ReadonlyMap<string, boolean> | undefined => {
    try {
      return new Map(
        readdirSync(join(folder, path), { withFileTypes: true }).map(one => [one.name, one.isDirectory()]),
      );
    } catch {
      return undefined;
    }
  });
  const read = keeping((path: string) => readIfThere(join(folder, path)));
  const look = (path: string): Beside => {
    if (path === '' || /(?:^|\/)\.\.$/.test(path)) return { kind: entriesIn(path) ? 'directory' : 'nothing' };
    const isFolder = entriesIn(folderOf(path))?.get(path.slice(path.lastIndexOf('/') + 1));
    return isFolder === undefined ? { kind: 'nothing' } : { kind: isFolder ? 'directory' : 'file' };
  };
  return { look, read };
}

/** Lints a Compose file that was read: fixes it first where that is asked for. */
export function lintComposeFile(
  { path, kind, folder, name }: FileTask,
  read: GoodText,
  options: LintOptions,
  { fix, write, format }: Pick<LintMode, 'fix' | 'write' | 'format'>,
): FileResult {
  const notes: string[] = [];
  const beside = filesAround(folder);
  const check = (text: string): ComposeResult =>
    lintCompose(text, name, beside, options, (rule, error) =>
      notes.push(`dockwright: rule ${rule} failed on ${path} and was skipped: ${messageOf(error)}\n`),
    );
  let text = read.text;
  let applied = 0;
  if (fix && !read.isUtf8)
    notes.push(`dockwright: ${path} is not valid UTF-8, so it was not changed: save it as UTF-8.\n`);
  else if (fix) {
    const lintText = (now: string) => composeFixable(check(now));
    const batch = finish(
      fixStepsBy(
        text,
        lintText,
        fix,
        () => true,
        () => {},
      ),
    );
    const unsaved = write && kind === 'file' ? saveFixed({ folder, name }, text, batch.text) : undefined;
    if (unsaved !== undefined) return { error: unsaved };
    text = batch.text;
    applied = batch.applied.length;
  }
  const shown = write ? text : read.text;
  const { findings } = check(shown);
  return {
    text: format && !fix ? '' : shown,
    fixed: fix ? text : undefined,
    applied,
    notes: [...new Set(notes)],
    worst: SEVERITIES.find(severity => findings.some(finding => finding.severity === severity)),
    findings: format ? [] : findings.map(finding => withFixes(finding, finding.fixes)),
    report: format && fileReport(format, path, shown, findings),
  };
}
