import { isBadPattern } from './bad-pattern.js';
import { cleanPath, trimSpace } from './go-path.js';

export interface IgnorePattern {
  readonly negated: boolean;
  /** What is matched: relative to the context root, without `!`. */
  readonly pattern: string;
  /** Docker refuses the whole ignore file for it. */
  readonly isBad: boolean;
}

/** The patterns of an ignore file, as moby/patternmatcher/ignorefile reads them. */
export function readIgnorePatterns(text: string): readonly IgnorePattern[] {
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .flatMap(line => {
      const read = readLine(line);
      return read === undefined ? [] : toPattern(read);
    });
}

/** Comments only at the very start of a line, spaces at the ends and one `/` in front dropped. */
function readLine(line: string): string | undefined {
  if (line.startsWith('#')) return undefined;
  const text = trimSpace(line);
  if (text === '') return undefined;
  const negated = text.startsWith('!');
  const rest = negated ? trimSpace(text.slice(1)) : text;
  const clean = rest === '' ? '' : cleanPath(rest);
  return (negated ? '!' : '') + (clean.length > 1 && clean.startsWith('/') ? clean.slice(1) : clean);
}

/**
 * moby/patternmatcher trims, cleans and looks for `!` once more: `/!a` lets in what `!a` does, and `/ a` means `a`.
 * Undefined when nothing is left.
 */
function toPattern(read: string): IgnorePattern | readonly [] {
  const trimmed = trimSpace(read);
  if (trimmed === '') return [];
  const clean = cleanPath(trimmed);
  const negated = clean.startsWith('!');
  const pattern = negated ? clean.slice(1) : clean;
  return { negated, pattern, isBad: pattern === '' || isBadPattern(pattern) };
}
