import { type CompiledIgnore, compileIgnore } from './ignore.js';

/** Whether an exception may be what lets a path in, and is about it, not about a folder above it. */
export function isLetIn(ignore: CompiledIgnore, path: string): boolean {
  if (!ignore.hasNegation || ignore.verdict(path) === 'ignored') return false;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return ignore.patterns.some(({ negated, pattern }) => {
    const last = pattern.slice(pattern.lastIndexOf('/') + 1);
    if (!negated || last === '*' || last === '**') return false;
    return mayMatch(`**/${last}`, name) && mayMatch(`/${pattern}`, path);
  });
}

const mayMatch = (pattern: string, path: string): boolean => compileIgnore(pattern).verdict(path) !== 'kept';
