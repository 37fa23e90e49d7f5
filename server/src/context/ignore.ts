import dockerignore from '@balena/dockerignore';
import { type IgnorePattern, readIgnorePatterns } from './ignore-file.js';
import { libraryPatterns } from './library-pattern.js';

/** Whether a path stays out of the build context; `unsure` where Docker gives no answer or it cannot be told which. */
export type Verdict = 'ignored' | 'kept' | 'unsure';

export interface CompiledIgnore {
  readonly patterns: readonly IgnorePattern[];
  readonly hasNegation: boolean;
  /** Of a path relative to the context root, clean and with `/`. */
  verdict(path: string): Verdict;
}

// The same few files are asked about on every key.
const KEPT = 128;
const compiled = new Map<string, CompiledIgnore>();

/** An ignore file as moby/patternmatcher reads it: case-sensitive, folders with all in them, the last match decides. */
export function compileIgnore(text: string): CompiledIgnore {
  const ignore = compiled.get(text) ?? compile(text);
  // At the end is what was asked for last.
  compiled.delete(text);
  compiled.set(text, ignore);
  for (const oldest of compiled.keys()) {
    if (compiled.size <= KEPT) break;
    compiled.delete(oldest);
  }
  return ignore;
}

function compile(text: string): CompiledIgnore {
  const lines = readIgnorePatterns(text);
  const read = lines.map(line => {
    const library = line.isBad ? 'refused' : libraryPatterns(line.pattern);
    return { ...line, isBad: library === 'refused', library };
  });
  const matches = matcherOf(read);
  // Docker compiles a pattern when it first asks it, which it does not where the answer would stay the same.
  const bad = read.flatMap(({ isBad, negated }, index) => (isBad ? [{ negated, index }] : []));
  const isRefused = lines.some(({ isBad }) => isBad) || bad.length > MOST_BAD;
  // A path that begins with a slash is in the folder `/`, which only these may match.
  const mayMatchRoot = lines.some(({ pattern }) => /^\/$|[[\\]/.test(pattern));
  const waiting = isRefused
    ? []
    : bad.map(({ negated, index }) => ({ negated, matchesBefore: matcherOf(read.slice(0, index)) }));
  return {
    patterns: read,
    hasNegation: read.some(({ negated }) => negated),
    verdict: path => {
      if (isRefused || ODD_PATH.test(path) || (mayMatchRoot && path.startsWith('/'))) return 'unsure';
      if (waiting.some(({ negated, matchesBefore }) => matchesBefore(path) !== !negated)) return 'unsure';
      const answer = matches(path);
      return answer === undefined ? 'unsure' : answer ? 'ignored' : 'kept';
    },
  };
}

/** No ignore file that anybody uses has as many. */
const MOST_BAD = 10;

/** To the library `.` is not a line break, of which Go knows only one; half a character is not a path. */
const ODD_PATH = /[\n\r\u2028\u2029]|\p{Surrogate}/u;

/**
 * Is before every path and pattern, so that no path is the name of a property that every object has (the library
 * keeps its answers in one) and no pattern begins with what the library reads as more than a character.
 */
const ROOT = ':';

interface ReadPattern {
  readonly negated: boolean;
  readonly library: ReturnType<typeof libraryPatterns>;
}

/** Tells what the patterns make of a path; undefined where that hangs on a pattern of which it is not known. */
function matcherOf(read: readonly ReadPattern[]): (path: string) => boolean | undefined {
  /** What is unsure matches everything or nothing, so that as little or as much as may be is ignored. */
  const ask = (unsureMatches: (negated: boolean) => boolean): ((path: string) => boolean) => {
    const library = dockerignore({ ignorecase: false });
    for (const { negated, library: known } of read) {
      const patterns = typeof known !== 'string' ? known : known === 'unsure' && unsureMatches(negated) ? ['**'] : [];
      library.add(patterns.map(pattern => `${negated ? '!' : ''}${ROOT}${pattern}`));
    }
    return path => library.ignores(ROOT + path);
  };
  const least = ask(negated => negated);
  const most = read.some(({ library }) => library === 'unsure') ? ask(negated => !negated) : least;
  return path => {
    try {
      const answer = least(path);
      return most(path) === answer ? answer : undefined;
    } catch {
      // Too much for a RegExp.
      return undefined;
    }
  };
}
