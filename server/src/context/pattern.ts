/** One pattern of an ignore file, compiled as moby/patternmatcher does. */
export type Matcher = (path: string) => boolean;

/** Go's filepath.Clean for `/` paths. */
export function cleanPath(path: string): string {
  if (path === '') return '.';
  const rooted = path.startsWith('/');
  const out: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') out.push(part);
    else if (out.length > 0 && out.at(-1) !== '..') out.pop();
    else if (!rooted) out.push(part);
  }
  const text = out.join('/');
  return rooted ? `/${text}` : text === '' ? '.' : text;
}

/** Go's filepath.Match reports a bad pattern for an unclosed or empty class and for a backslash at the end. */
function isBad(pattern: string): boolean {
  for (let at = 0; at < pattern.length; at++) {
    if (pattern[at] === '\\') {
      if (++at >= pattern.length) return true;
    } else if (pattern[at] === '[') {
      at++;
      if (pattern[at] === '^') at++;
      let members = 0;
      for (; ; at++, members++) {
        const ch = pattern[at];
        if (ch === undefined) return true;
        if (ch === ']' && members > 0) break;
        if (ch === ']' || ch === '-') return true;
        if (ch === '\\' && ++at >= pattern.length) return true;
        if (pattern[at + 1] === '-') {
          at += 2;
          if (pattern[at] === '\\') at++;
          if (pattern[at] === undefined || pattern[at] === ']') return true;
        }
      }
    }
  }
  return false;
}

const SPECIAL = /[.+()|{}$^/]/;

function regularExpression(pattern: string): RegExp | undefined {
  let source = '^';
  for (let at = 0; at < pattern.length; at++) {
    const ch = pattern[at] ?? '';
    if (ch === '*' && pattern[at + 1] === '*') {
      at++;
      if (pattern[at + 1] === '/') at++;
      // Repeating it means the same and only makes a failing match slow.
      while (pattern.startsWith('**/', at + 1) && pattern[at] === '/') at += 3;
      source += at + 1 >= pattern.length ? '.*' : '(?:.*/)?';
    } else if (ch === '*') source += '[^/]*';
    else if (ch === '?') source += '[^/]';
    else if (ch === '\\') {
      const next = pattern[++at] ?? '\\';
      source += /\w/.test(next) ? next : `\\${next}`;
    } else if (ch === '[') {
      const end = classEnd(pattern, at);
      source += pattern.slice(at, end + 1).replace(/(?<=.)\[/g, '\\[');
      at = end;
    } else source += SPECIAL.test(ch) || ch === ']' ? `\\${ch}` : ch;
  }
  try {
    return new RegExp(`${source}$`, 's');
  } catch {
    // A class such as [z-a], which Go refuses as well.
    return undefined;
  }
}

function classEnd(pattern: string, from: number): number {
  let at = from + 1;
  if (pattern[at] === '^') at++;
  for (at++; at < pattern.length && pattern[at] !== ']'; at++) if (pattern[at] === '\\') at++;
  return at;
}

/**
 * Compiles a cleaned pattern without `!`; undefined when Docker refuses it. Besides regular expressions the matcher
 * knows whole, leading `**` and trailing `**` patterns, whose meaning differs a little: `**.pem` ends with `.pem`.
 */
export function compilePattern(pattern: string): Matcher | undefined {
  if (isBad(pattern)) return undefined;
  const inner = pattern.replace(/^\*\*\/?/, '');
  const leading = pattern.startsWith('**');
  if (leading && !/[*?[\]\\]/.test(inner)) {
    const suffix = pattern.slice(2);
    return path => path.endsWith(suffix) || (suffix.startsWith('/') && path === suffix.slice(1));
  }
  if (pattern.endsWith('**') && !/[*?[\]\\]/.test(pattern.slice(0, -2))) {
    const prefix = pattern.slice(0, -2);
    return path => path.startsWith(prefix);
  }
  if (!/[*?[\]\\]/.test(pattern)) return path => path === pattern;
  const expression = regularExpression(pattern);
  return expression && (path => expression.test(path));
}
