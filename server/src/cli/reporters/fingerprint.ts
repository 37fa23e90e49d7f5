import { isAbsolute, relative } from 'node:path';
import { checksum, marksOf } from '../finding-marks.js';
import type { FileReport } from './report.js';

/**
 * Fingerprints that stay the same when lines are added elsewhere, when a message is worded anew, and however the path is
 * given: made of the file, the rule and the text of the line, with a number for those that are alike.
 */
export function fingerprints(file: FileReport, cwd: string): string[] {
  return marksOf(file.text, file.findings).map(mark => hash(`${shownPath(file.path, cwd)}\0${mark}`));
}

export const errorFingerprint = (file: FileReport, cwd: string): string =>
  hash(`unreadable\0${shownPath(file.path, cwd)}`);

const hash = (text: string): string => checksum(text).slice(0, 40);

/** A path as a report for a whole repository needs it: with `/`, and relative to the working folder where it is in there. */
export function shownPath(path: string, cwd: string): string {
  const inside = isAbsolute(path) ? relative(cwd, path) : path;
  const shown = inside.startsWith('..') ? path : inside;
  return shown.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
}
