import { type Dirent, readdirSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import ignore from 'ignore';
import { braceExpand, Minimatch, type MinimatchOptions } from 'minimatch';
import { isDockerfileName } from '../../../shared/src/dockerfile-names.js';
import { codeOf, readReasonOf } from './file-errors.js';
import { type GitIgnore, gitIgnore, IGNORE_OPTIONS } from './gitignore.js';
import { UsageError } from './io.js';

export interface FoundFile {
  /** As it is to be shown: as given, or below the folder given. `-` is standard input. */
  readonly path: string;
  /** Absolute; empty for standard input. */
  readonly folder: string;
  readonly name: string;
}

export interface Failure {
  readonly path: string;
  readonly error: string;
}

export interface Discovered {
  readonly files: readonly FoundFile[];
  /** What was given and leads to nothing, and what could not be looked into. */
  readonly failures: readonly Failure[];
}

const SKIPPED = new Set(['.git', 'node_modules']);

/**
 * Turns the paths of a command line into files. A file that is named is taken whatever it is called; folders and globs are
 * searched for files that are named like Dockerfiles, or like others that are wanted. `!pattern` takes files away again,
 * whatever comes first.
 */
export function discover(
  given: readonly string[],
  cwd: string,
  isWanted: (name: string) => boolean = isDockerfileName,
): Discovered {
  if (given.includes('')) throw new UsageError('a PATH is empty: is a variable not set?');
  const excluded = given.filter(path => path.startsWith('!')).map(path => path.slice(1));
  const wanted = given.filter(path => !path.startsWith('!'));
  if (wanted.length === 0 && excluded.length > 0)
    throw new UsageError(
      `“!${excluded[0]}” only takes away from what other arguments find: add a file or a folder, such as “.”.`,
    );
  const isExcluded = exclusion(excluded, cwd);
  const git = gitIgnore();
  const files: FoundFile[] = [];
  const failures: Failure[] = [];
  const seen = new Set<string>();
  const take = (file: FoundFile): void => {
    const key = `${file.folder}${sep}${file.name}`;
    if (seen.has(key) || (file.folder !== '' && isExcluded(key))) return;
    seen.add(key);
    files.push(file);
  };
  for (const path of wanted) {
    if (path === '-') {
      take({ path, folder: '', name: path });
      continue;
    }
    const absolute = resolve(cwd, path);
    try {
      if (statSync(absolute).isDirectory()) collect(searchFolder(absolute, path, git, isWanted));
      else take({ path, folder: dirname(absolute), name: basename(absolute) });
    } catch (error) {
      if (isPattern(path)) collect(matches(path, cwd, git, isWanted));
      else if (!isExcluded(absolute)) failures.push({ path, error: readReasonOf(error) });
    }
  }
  function collect(found: Discovered): void {
    for (const file of found.files) take(file);
    failures.push(...found.failures.filter(({ path }) => !isExcluded(resolve(cwd, path))));
  }
  return { files, failures };
}

/** Whether an absolute path is taken away. The patterns are those of a `.gitignore` in the current folder, and may have braces. */
function exclusion(patterns: readonly string[], cwd: string): (absolute: string) => boolean {
  if (patterns.length === 0) return () => false;
  const expanded = patterns.flatMap(pattern => {
    if (pattern === '') throw new UsageError('“!” needs a pattern, such as “!vendor/**”.');
    const inside = isAbsolute(pattern) && pattern.startsWith(cwd + sep) ? pattern.slice(cwd.length) : pattern;
    return braceExpand(slashed(inside).replace(/^(?:\.\/)+/, ''));
  });
  const rules = ignore({ ...IGNORE_OPTIONS, allowRelativePaths: true }).add(expanded);
  return absolute => {
    const inside = slashed(relative(cwd, absolute));
    return inside !== '' && rules.ignores(inside);
  };
}

const isPattern = (path: string): boolean => /[*?[\]{}]/.test(path);

const slashed = (path: string): string => (process.platform === 'win32' ? path.replaceAll('\\', '/') : path);

const LITERALLY: MinimatchOptions = { dot: true, nonegate: true, nocomment: true };

/**
 * The files that a glob matches: those that are named like Dockerfiles, and others where its last part is their very name.
 * Like a folder that is named, the folder where the pattern begins is searched even if git ignores it.
 */
function matches(given: string, cwd: string, git: GitIgnore, isWanted: (name: string) => boolean): Discovered {
  const pattern = slashed(given).replace(/^(?:\.\/)+/, '');
  const globs = braceExpand(pattern).map(one => ({
    matcher: new Minimatch(one, LITERALLY),
    isByName: !isPattern(one.slice(one.lastIndexOf('/') + 1)),
  }));
  const parts = pattern.split('/');
  const fixed = parts.slice(0, Math.max(0, parts.findIndex(isPattern))).join('/');
  const base = pattern.startsWith('/') && fixed === '' ? '/' : fixed;
  const top = resolve(cwd, base);
  let others = 0;
  const found = walk(top, base === '' || base.endsWith('/') ? base : `${base}/`, git.from(top), (path, name) => {
    const matching = globs.filter(({ matcher }) => matcher.match(path));
    if (matching.length === 0) return false;
    if (isWanted(name) || matching.some(({ isByName }) => isByName)) return true;
    others++;
    return false;
  });
  if (found.files.length > 0 || found.failures.length > 0) return found;
  const error =
    others > 0
      ? 'No file that matches this is named like a Dockerfile: write out the names of the files.'
      : 'No file matches this.';
  return { files: [], failures: [{ path: given, error }] };
}

const byPath = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function searchFolder(folder: string, shown: string, git: GitIgnore, isWanted: (name: string) => boolean): Discovered {
  const prefix = shown === '.' || shown === './' ? '' : shown.endsWith('/') ? shown : `${shown}/`;
  return walk(folder, prefix, git.from(folder), (_, name) => isWanted(name));
}

function walk(
  top: string,
  topShown: string,
  isIgnored: (folder: string, name: string, isFolder: boolean) => boolean,
  wanted: (path: string, name: string) => boolean,
): Discovered {
  const files: FoundFile[] = [];
  const failures: Failure[] = [];
  function visit(folder: string, prefix: string): void {
    let entries: readonly Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => byPath(a.name, b.name));
    } catch (error) {
      failures.push({ path: prefix || '.', error: folderReasonOf(error) });
      return;
    }
    const begin = join(folder, sep);
    for (const entry of entries) {
      const shown = prefix + entry.name;
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name) && !isIgnored(folder, entry.name, true)) visit(begin + entry.name, `${shown}/`);
      } else if (wanted(shown, entry.name) && !isIgnored(folder, entry.name, false)) {
        const kind = kindOf(entry, begin + entry.name);
        if (kind === 'file') files.push({ path: shown, folder, name: entry.name });
        else if (kind !== 'other') failures.push({ path: shown, error: kind.error });
      }
    }
  }
  visit(top, topShown);
  return { files, failures };
}

function kindOf(entry: Dirent, path: string): 'file' | 'other' | { readonly error: string } {
  if (!entry.isSymbolicLink()) return entry.isFile() ? 'file' : 'other';
  try {
    return statSync(path).isFile() ? 'file' : 'other';
  } catch (error) {
    return { error: codeOf(error) === 'ENOENT' ? 'This link leads to a file that is not there.' : readReasonOf(error) };
  }
}

const folderReasonOf = (error: unknown): string => {
  const code = codeOf(error);
  return code === 'EACCES' || code === 'EPERM'
    ? 'The folder may not be read, so it was not searched.'
    : `The folder was not searched: ${readReasonOf(error)}`;
};
