import { createRequire } from 'node:module';
import type { Finding } from '../../profiles/types.js';
import type { FileReport, Range } from './report.js';

/**
 * Fingerprints that stay the same when lines are added elsewhere: made of the rule, the file and the text of the line,
 * with a number for those that are alike.
 */
export function fingerprints(
  file: FileReport,
  places: readonly { readonly finding: Finding; readonly range: Range }[],
): string[] {
  const lines = file.text.split('\n');
  const seen = new Map<string, number>();
  return places.map(({ finding, range }) => {
    const key = `${finding.rule}\0${file.path}\0${(lines[range.start.line] ?? '').trim()}\0${finding.message}`;
    const number = seen.get(key) ?? 0;
    seen.set(key, number + 1);
    return hash(`${key}\0${number}`);
  });
}

export const errorFingerprint = (file: FileReport): string => hash(`unreadable\0${file.path}`);

let crypto: typeof import('node:crypto') | undefined;

function hash(text: string): string {
  // Not imported: loading it takes 4 ms of each start, in each thread, and most formats have no fingerprints.
  const loaded: typeof import('node:crypto') = crypto ?? createRequire(__filename)('node:crypto');
  crypto = loaded;
  return loaded.createHash('sha256').update(text).digest('hex').slice(0, 40);
}
