import { type Dirent, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { Minimatch } from 'minimatch';
import { isDockerfileName } from '../../../shared/src/dockerfile-names.js';
import { readReasonOf } from './file-errors.js';
import { type GitIgnore, gitIgnore } from './gitignore.js';

export interface FoundFile {
  /** As it is to be shown: as given, or below the folder given. `-` is standard input. */
  readonly path: string;
  /** Absolute; empty for standard input. */
  readonly folder: string;
  readonly name: string;
}

export interface Discovered {
  readonly files: readonly FoundFile[];
  /** What was given and leads to nothing. */
  readonly failures: readonly { readonly path: string; readonly error: string }[];
}

const SKIPPED = new Set(['.git', 'node_modules']);

/** Turns the paths of a command line into files. A file that is named is taken whatever it is called. */
export function discover(given: readonly string[], cwd: string): Discovered {
  const git = gitIgnore();
  const files: FoundFile[] = [];
  const failures: { path: string; error: string }[] = [];
  const seen = new Set<string>();
  const take = (file: FoundFile): void => {
    const key = `${file.folder}${sep}${file.name}`;
    if (seen.has(key)) return;
    seen.add(key);
    files.push(file);
  };
  for (const path of given) {
    if (path === '-') {
      take({ path, folder: '', name: path });
      continue;
    }
    try {
      const absolute = resolve(cwd, path);
      if (!statSync(absolute).isDirectory()) take({ path, folder: dirname(absolute), name: basename(absolute) });
      else for (const found of searchFolder(absolute, path, git)) take(found);
    } catch (error) {
      const matched = isPattern(path) ? matches(path, cwd, git) : undefined;
      if (matched && matched.length > 0) for (const found of matched) take(found);
      else failures.push({ path, error: matched ? 'No file matches this.' : readReasonOf(error) });
    }
  }
  return { files, failures };
}

const isPattern = (path: string): boolean => /[*?[\]{}!]/.test(path);

/** The files that a glob matches. Like a folder that is named, the folder where the pattern begins is searched even if git ignores it. */
function matches(pattern: string, cwd: string, git: GitIgnore): FoundFile[] {
  const wanted = (process.platform === 'win32' ? pattern.replaceAll('\\', '/') : pattern).replace(/^(?:\.\/)+/, '');
  const matcher = new Minimatch(wanted, { dot: true });
  const parts = wanted.split('/');
  const fixed = parts.slice(0, Math.max(0, parts.findIndex(isPattern))).join('/');
  const base = wanted.startsWith('/') && fixed === '' ? '/' : fixed;
  return walkFolder(resolve(cwd, base), base === '' || base.endsWith('/') ? base : `${base}/`, git, path =>
    matcher.match(path),
  );
}

const byPath = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function searchFolder(folder: string, shown: string, git: GitIgnore): FoundFile[] {
  const prefix = shown === '.' || shown === './' ? '' : shown.endsWith('/') ? shown : `${shown}/`;
  return walkFolder(folder, prefix, git, (_, name) => isDockerfileName(name));
}

function walkFolder(
  folder: string,
  prefix: string,
  git: GitIgnore,
  wanted: (path: string, name: string) => boolean,
): FoundFile[] {
  let entries: readonly Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => byPath(a.name, b.name));
  } catch {
    // A folder that may not be read hides what is in it; the others are searched.
    return [];
  }
  const found: FoundFile[] = [];
  const begin = join(folder, sep);
  for (const entry of entries) {
    const path = begin + entry.name;
    const shown = prefix + entry.name;
    if (entry.isDirectory()) {
      if (!SKIPPED.has(entry.name) && !git.ignores(folder, entry.name, true))
        found.push(...walkFolder(path, `${shown}/`, git, wanted));
    } else if (wanted(shown, entry.name) && !git.ignores(folder, entry.name, false) && isFile(entry, path))
      found.push({ path: shown, folder, name: entry.name });
  }
  return found;
}

function isFile(entry: Dirent, path: string): boolean {
  if (!entry.isSymbolicLink()) return entry.isFile();
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
