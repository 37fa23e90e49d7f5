import { isVariableName } from '../shell/index.js';
import { distance } from '../text/closest.js';

/**
 * The names that can matter to the script, sorted: those it mentions, and those it may have misspelt (SC2153 names them).
 * A new ENV therefore leaves the results of every other RUN in the cache.
 */
export function relevantNames(script: string, names: readonly string[]): string[] {
  const misspelt = script.includes('$') ? unknownIn(script, names) : [];
  let words: ReadonlySet<string> | undefined;
  const mentions = (name: string): boolean => {
    if (!script.includes(name)) return false;
    words ??= new Set(script.match(/[A-Za-z_]\w*/g));
    return words.has(name);
  };
  const mayBeMeant = (name: string): boolean => {
    const small = name.toLowerCase();
    return misspelt.some(other => isSimilar(other, small));
  };
  const relevant = names.filter(name => mentions(name) || (misspelt.length > 0 && mayBeMeant(name)));
  return [...new Set(relevant)].filter(name => isVariableName(name)).sort();
}

/** In small letters. */
function unknownIn(script: string, names: readonly string[]): readonly string[] {
  const known = new Set(names);
  const unknown = [...script.matchAll(/\$\{?[#!]?([A-Za-z_]\w*)/g)].flatMap(match => {
    const name = match[1];
    return name === undefined || known.has(name) ? [] : [name.toLowerCase()];
  });
  return [...new Set(unknown)];
}

/** Wider than ShellCheck's own measure, which counts a letter of the other case as an edit: a name too many does no harm. */
function isSimilar(a: string, b: string): boolean {
  const length = Math.max(a.length, b.length);
  const limit = length > 7 ? 2 : length > 3 ? 1 : 0;
  return !lacks(a, b, limit) && distance(a, b, limit + 1) <= limit;
}

/** Each character that the other name does not have is an edit of its own; nearly always there are too many. */
function lacks(a: string, b: string, limit: number): boolean {
  let missing = 0;
  for (let at = 0; at < a.length && missing <= limit; at++) if (!b.includes(a.charAt(at))) missing++;
  return missing > limit;
}
