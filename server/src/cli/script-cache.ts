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

/** Between the two halves of a line, which are JSON. */
const TAB = '\t';

/**
 * The cache is one file: a checksum of the rest, then a line for each script with all that the answer depends on, and the
 * comments. `program` names the program that gives the answers. Undefined before Node.js 20.15, which has no checksums.
 */
export function scriptCache(folder: string, program: string): ScriptCache | undefined {
  // Not imported: another checksum would take 5 ms of each run to load.
  const checksum = process.getBuiltinModule?.('node:zlib').crc32;
  if (!checksum) return undefined;
  const path = join(folder, 'shellcheck.txt');
  const keyOf = ({ script, shell, assigned }: LintJob): string => JSON.stringify([program, shell, assigned, script]);

  /** None where the file is not as it was written. */
  function linesIn(): readonly string[] {
    const file = readOwn(path).toString('utf8');
    const end = file.indexOf('\n');
    const text = file.slice(end + 1);
    return end > 0 && file.slice(0, end) === String(checksum?.(text)) ? text.split('\n') : [];
  }

  const learned: string[] = [];
  let before: ReadonlyMap<string, string> | undefined;
  const known = (): ReadonlyMap<string, string> => {
    before ??= byKey(linesIn());
    return before;
  };
  return {
    get(job) {
      const line = known().get(keyOf(job));
      return line === undefined ? undefined : commentsIn(line);
    },
    set: (job, comments) => void learned.push(`${keyOf(job)}${TAB}${JSON.stringify(comments)}`),
    learned: () => learned,
    add: lines => void learned.push(...lines),
    save() {
      if (learned.length === 0) return;
      // Read once more, for another process may have written meanwhile.
      const lines = [...byKey([...linesIn(), ...learned]).values()];
      const size = lines.reduce((sum, { length }) => sum + length + 1, 0);
      const text = (size > MOST ? lines.slice(lines.length / 2) : lines).join('\n');
      writeOwn(path, `${checksum(text)}\n${text}`);
    },
  };
}

const byKey = (lines: readonly string[]): Map<string, string> =>
  new Map(lines.map(line => [line.slice(0, line.indexOf(TAB)), line]));

function commentsIn(line: string): readonly Comment[] | undefined {
  const comments: unknown = JSON.parse(line.slice(line.indexOf(TAB)));
  return isComments(comments) ? comments : undefined;
}

/** The checksum has told that the file is whole, and the key that this very version has written the line. */
const isComments = (value: unknown): value is readonly Comment[] => Array.isArray(value);
