import { cleanPath } from './go-path.js';
import type { CompiledIgnore } from './ignore.js';
import { type ContextSnapshot, contextPath } from './snapshot.js';

export interface CopyIgnored {
  /** What BuildKit's CopyIgnoredFile check says of this source. */
  readonly buildkit: boolean;
  /** Nothing of the source gets into the build context, as far as that can be told. */
  readonly nothingLeft: boolean;
}

const MATCH_ALL = new Set(['*', '**', '**/*']);
const isGlob = (text: string): boolean => /[*?[]/.test(text);
/** Means the same to COPY and to an ignore file. */
const isPlainGlob = (text: string): boolean => !/[[\]\\^{|}]|\*\*/.test(text);

/**
 * Whether a COPY or ADD source, variables expanded, is kept out by the ignore file. URLs, heredocs and sources of other
 * stages are not for this.
 */
export function copyIgnored(source: string, ignore: CompiledIgnore, context?: ContextSnapshot): CopyIgnored {
  const literal = cleanPath(source);
  const isRoot = literal === '.' || literal === '/';
  const all = ignore.patterns.some(pattern => !pattern.negated && MATCH_ALL.has(pattern.pattern));
  return {
    // moby/buildkit: silent with any exception, and the root counts only where everything is excluded.
    buildkit: !ignore.hasNegation && (isRoot ? all : ignore.verdict(literal) === 'ignored'),
    nothingLeft: nothingLeft(contextPath(source), ignore, context),
  };
}

function nothingLeft(path: string, ignore: CompiledIgnore, context: ContextSnapshot | undefined): boolean {
  if (ignore.patterns.some(pattern => pattern.isBad)) return false;
  const files = context ? filesUnder(path, context) : [];
  if (files.some(file => ignore.verdict(file) !== 'ignored')) return false;
  // Everything there is stays out: certain when all is known, or when no exception could let something else in.
  if (files.length > 0 && context?.complete === true) return true;
  const exceptions = ignore.patterns.filter(pattern => pattern.negated);
  if (exceptions.some(exception => mayTouch(exception.pattern, path))) return false;
  if (path === '') return ignore.patterns.some(pattern => !pattern.negated && MATCH_ALL.has(pattern.pattern));
  if (!isGlob(path)) return ignore.verdict(path) === 'ignored';
  // A glob is certain only where its folder, everything, or just this glob is excluded.
  const folder = path.slice(0, Math.max(0, path.slice(0, path.search(/[*?[]/)).lastIndexOf('/')));
  if (folder !== '' && ignore.verdict(folder) === 'ignored') return true;
  return ignore.patterns.some(
    ({ negated, pattern }) => !negated && ((pattern === path && isPlainGlob(path)) || MATCH_ALL.has(pattern)),
  );
}

function filesUnder(path: string, context: ContextSnapshot): string[] {
  const files = context.entries.filter(entry => entry.kind === 'file').map(entry => entry.path);
  if (path === '') return files;
  const selects = isGlob(path) ? globMatcher(path) : (file: string) => file === path || file.startsWith(`${path}/`);
  return files.filter(selects);
}

/** COPY's own globs are Go's filepath.Match: `*` stops at `/`. A folder that matches is copied whole. */
function globMatcher(glob: string): (file: string) => boolean {
  const source = glob
    .replace(/[.+^${}()|]/g, '\\$&')
    .replace(/\*+/g, '[^/]*')
    .replace(/\?/g, '[^/]');
  try {
    const expression = new RegExp(`^${source}(?:/|$)`);
    return file => expression.test(file);
  } catch {
    return () => false;
  }
}

/** Whether an exception could let in something of `path`: one of them is below the other as far as both are literal. */
function mayTouch(exception: string, path: string): boolean {
  // What is after it may begin anywhere.
  if (exception.includes('|')) return true;
  const a = exception.split('/');
  const b = path === '' ? [] : path.split('/');
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const [left = '', right = ''] = [a[index], b[index]];
    if (/[*?[\]\\^{}]/.test(left) || isGlob(right)) return true;
    if (left !== right) return false;
  }
  return true;
}
