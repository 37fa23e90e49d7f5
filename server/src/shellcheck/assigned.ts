const NAME = /^[A-Za-z_]\w*$/;
/** Blank lines and comments at the top: a shebang must stay the first line, and directives there hold for the whole script. */
const PREAMBLE = /^(?:[ \t]*(?:#[^\n]*)?\n|[ \t]*\r\n)*/;

/** A script with one line added: what lies before `at` is where it was, the rest is `length` further on. */
export interface AssignedScript {
  readonly script: string;
  readonly at: number;
  readonly length: number;
}

/**
 * Marks variables as set, for ENV and ARG reach a RUN through its environment. Like hadolint it assigns them a plain word,
 * so that ShellCheck neither misses the assignment nor fears that the value holds spaces.
 */
export function withAssigned(script: string, names: readonly string[]): AssignedScript {
  const valid = names.filter(name => NAME.test(name));
  const at = PREAMBLE.exec(script)?.[0].length ?? 0;
  if (valid.length === 0 || at === script.length) return { script, at, length: 0 };
  const line = `export ${valid.map(name => `${name}=1`).join(' ')}\n`;
  return { script: script.slice(0, at) + line + script.slice(at), at, length: line.length };
}

/** The offset before the line was added; undefined within that line. */
export function originalOffset({ at, length }: AssignedScript, offset: number): number | undefined {
  if (offset < at) return offset;
  return offset >= at + length ? offset - length : undefined;
}

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
  return [...new Set(names)]
    .filter(name => NAME.test(name) && (mentions(name) || misspelt.some(other => similar(other, name))))
    .sort();
}

function unknownIn(script: string, names: readonly string[]): readonly string[] {
  const known = new Set(names);
  const unknown = [...script.matchAll(/\$\{?[#!]?([A-Za-z_]\w*)/g)].flatMap(match => {
    const name = match[1];
    return name === undefined || known.has(name) ? [] : [name];
  });
  return [...new Set(unknown)];
}

// Wider than ShellCheck's own measure (one edit, two in a long name, none in one of three letters; swaps count once):
// a name too many does no harm.
function similar(a: string, b: string): boolean {
  const length = Math.max(a.length, b.length);
  const limit = length > 7 ? 4 : length > 3 ? 2 : 0;
  return Math.abs(a.length - b.length) <= limit && distance(a.toLowerCase(), b.toLowerCase()) <= limit;
}

/** Levenshtein's. */
function distance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const changed = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(changed, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    above = current;
  }
  return above[b.length] ?? 0;
}
