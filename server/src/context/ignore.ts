import type { Span } from '../text/span.js';
import { cleanPath, compilePattern, type Matcher } from './pattern.js';

export interface IgnorePattern {
  /** As written, without blanks at the ends; with its `!`. */
  readonly text: string;
  /** In the ignore file. */
  readonly span: Span;
  readonly negated: boolean;
  /** What is matched: relative to the context root, without `!`. */
  readonly pattern: string;
  /** Docker refuses the whole ignore file for it. */
  readonly isBad: boolean;
}

export interface CompiledIgnore {
  readonly patterns: readonly IgnorePattern[];
  readonly hasNegation: boolean;
  /** Whether a path, relative to the context root, stays out of the build context. */
  ignores(path: string): boolean;
  /** The last pattern that decides about a path, either way. */
  decidedBy(path: string): IgnorePattern | undefined;
}

interface Line extends IgnorePattern {
  readonly matches: Matcher;
}

const never: Matcher = () => false;

/** moby/patternmatcher/ignorefile: comments only at the very start of a line, blanks trimmed, `/` in front dropped. */
function readLine(raw: string, start: number): Line | undefined {
  if (raw.startsWith('#')) return undefined;
  const text = raw.trim();
  if (text === '') return undefined;
  const from = start + raw.indexOf(text);
  const negated = text.startsWith('!');
  const rest = negated ? text.slice(1).trim() : text;
  const clean = rest === '' ? '' : cleanPath(rest);
  const pattern = clean.length > 1 && clean.startsWith('/') ? clean.slice(1) : clean;
  // `!` alone is an error in Docker; here it simply matches nothing.
  const matches = pattern === '' ? undefined : compilePattern(pattern);
  return {
    text,
    span: { start: from, end: from + text.length },
    negated,
    pattern,
    isBad: matches === undefined,
    matches: matches ?? never,
  };
}

/** moby/patternmatcher: MatchesOrParentMatches. */
function matchesWithParents(line: Line, path: string): boolean {
  if (line.matches(path)) return true;
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1))
    if (line.matches(path.slice(0, slash))) return true;
  return false;
}

export function compileIgnore(text: string): CompiledIgnore {
  const lines: Line[] = [];
  let start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = readLine(text.slice(start, end), start);
    if (line) lines.push(line);
    start = end + 1;
  }
  const decidedBy = (path: string): Line | undefined => {
    let decision: Line | undefined;
    // A pattern that would not change the answer so far is not asked, as in Docker.
    for (const line of lines) {
      if (line.negated !== (decision?.negated === false)) continue;
      if (matchesWithParents(line, path)) decision = line;
    }
    return decision;
  };
  return {
    patterns: lines,
    hasNegation: lines.some(line => line.negated),
    ignores: path => decidedBy(path)?.negated === false,
    decidedBy,
  };
}

/** Whether the pattern that lets a path in is about it, and not about a folder above it. */
export function isLetIn(ignore: CompiledIgnore, path: string): boolean {
  const pattern = ignore.decidedBy(path);
  if (pattern?.negated !== true) return false;
  const last = pattern.pattern.slice(pattern.pattern.lastIndexOf('/') + 1);
  return last !== '*' && last !== '**' && compileIgnore(`**/${last}`).ignores(path.slice(path.lastIndexOf('/') + 1));
}
