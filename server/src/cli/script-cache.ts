import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Comment, LintJob, ResultStore } from '../shellcheck/index.js';
import { readOwn, writeOwn } from './cache-folder.js';

/** What ShellCheck has said of scripts in earlier runs. Nothing here ever fails: a cache that cannot be used is none. */
export interface ScriptCache extends ResultStore {
  /** What has been added, as lines of the file. */
  learned(): readonly string[];
  /** Adds what another thread has learned. */
  add(learned: readonly string[]): void;
  /** Writes what has been added. */
  save(): void;
}

/** Characters of the file. When there are more, the older half goes. */
const MOST = 2_000_000;

/**
 * The cache is one file: a checksum of the rest, then a line for each script with a hash of all that the answer depends
 * on, and the comments as JSON. `program` names the program that gives the answers.
 */
export function scriptCache(folder: string, program: string): ScriptCache {
  const path = join(folder, 'shellcheck.txt');
  let known: ReadonlyMap<string, string> | undefined;
  const learned: string[] = [];
  const keyOf = ({ script, shell, assigned }: LintJob): string =>
    hash(JSON.stringify([program, shell, assigned, script]));
  return {
    get(job) {
      known ??= byKey(linesIn(path));
      const line = known.get(keyOf(job));
      return line === undefined ? undefined : commentsIn(line);
    },
    set: (job, comments) => void learned.push(`${keyOf(job)} ${JSON.stringify(comments)}`),
    learned: () => learned,
    add: lines => void learned.push(...lines),
    save() {
      if (learned.length === 0) return;
      // Read once more, for another process may have written meanwhile.
      const lines = [...byKey([...linesIn(path), ...learned]).values()];
      const size = lines.reduce((sum, { length }) => sum + length + 1, 0);
      const text = (size > MOST ? lines.slice(lines.length / 2) : lines).join('\n');
      writeOwn(path, `${hash(text)}\n${text}`);
    },
  };
}

const hash = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** None where the file is not as it was written. */
function linesIn(path: string): readonly string[] {
  const file = readOwn(path).toString('utf8');
  const end = file.indexOf('\n');
  const text = file.slice(end + 1);
  return end >= 0 && file.slice(0, end) === hash(text) ? text.split('\n') : [];
}

const byKey = (lines: readonly string[]): Map<string, string> =>
  new Map(lines.map(line => [line.slice(0, line.indexOf(' ')), line]));

function commentsIn(line: string): readonly Comment[] | undefined {
  const comments: unknown = JSON.parse(line.slice(line.indexOf(' ')));
  return isComments(comments) ? comments : undefined;
}

/** The checksum has told that the file is whole, and the key that this very version has written the line. */
const isComments = (value: unknown): value is readonly Comment[] => Array.isArray(value);
