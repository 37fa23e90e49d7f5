import { oneOf } from './code-points.js';
import { type Cursor, type Refused, readCharacters, take } from './go-class.js';

/** The regular expression, in Go's syntax, that moby/patternmatcher makes of a pattern. It does not know of classes. */
function expressionOf(pattern: string): string {
  const body = pattern.replace(/\*\*\/?(?=([\s\S])?)|[*?]|[.+()$]|\\[\s\S]/gu, (token, next?: string) => {
    if (token.startsWith('**')) return next === undefined ? '.*' : '(.*/)?';
    if (token === '*') return '[^/]*';
    if (token === '?') return '[^/]';
    return token.startsWith('\\') ? token : `\\${token}`;
  });
  return `^${body}$`;
}

interface Repeat {
  readonly min: number;
  readonly max: number | undefined;
}

const ONCE: Repeat = { min: 1, max: 1 };
const NUMBER = '(0|[1-9]\\d*)';
const REPEAT = new RegExp(`\\*|\\{${NUMBER}(,${NUMBER}?)?\\}`, 'y');

/** How often the atom before the cursor may be repeated; Go knows no more than a thousand times, and nothing repeated twice. */
function readRepeat(cursor: Cursor): Repeat | undefined | 'refused' {
  const found = take(cursor, REPEAT);
  if (!found) return undefined;
  const [star, from, comma, to] = found;
  if (star === '*') return { min: 0, max: undefined };
  const min = Number(from);
  const max = comma === undefined ? min : to === undefined ? undefined : Number(to);
  return min > 1000 || (max !== undefined && (max > 1000 || max < min)) ? 'refused' : { min, max };
}

/** One branch of `a|b`: only the first is held at the start, only the last at the end, unless it says so itself. */
interface Branch {
  text: string;
  fromStart: boolean;
  toEnd: boolean;
  canBeEmpty: boolean;
  /** It asks for something before the start or after the end. */
  isImpossible: boolean;
  hasEdges: boolean;
}

const branch = (): Branch => ({
  text: '',
  fromStart: false,
  toEnd: false,
  canBeEmpty: true,
  isImpossible: false,
  hasEdges: false,
});

const ANYTHING = '[\\u0000-\\uffff]{0,}';

const QUOTED = /\\Q([\s\S]*?)(?:\\E|$)/y;

/** What is where no character does, or any folders. */
const MARK = /\(\.\*\/\)\?|\.\*|\||\^|\\A|\$(?=$)|\\z|\\[bB]/y;

/**
 * The regular expressions, in JavaScript's syntax and without `^` and `$` around them, of which one matches where
 * moby/patternmatcher matches a pattern, or a folder that a path is in.
 */
export function expressionsOf(pattern: string): readonly string[] | Refused | 'unsure' {
  const cursor: Cursor = { text: expressionOf(pattern), at: 0, isUnsure: false };
  const branches: Branch[] = [branch()];
  while (cursor.at < cursor.text.length) {
    const now = branches.at(-1) ?? branch();
    const quoted = take(cursor, QUOTED)?.[1];
    if (quoted === '') cursor.isUnsure = true;
    if (quoted !== undefined) {
      // As if each of its characters were escaped.
      cursor.text = quoted.replace(/[!-/:-@[-`{-~]/g, '\\$&') + cursor.text.slice(cursor.at);
      cursor.at = 0;
    }
    const mark = take(cursor, MARK)?.[0];
    if (mark === '|') {
      // `|{2}` repeats nothing.
      if (readRepeat(cursor) !== undefined) return 'refused';
      branches.push(branch());
    } else if (mark === '(.*/)?' || mark === '.*') {
      if (readRepeat(cursor) !== undefined) return 'refused';
      add(now, mark === '.*' ? ANYTHING : `(${ANYTHING}\\u002f){0,1}`, { min: 0, max: undefined });
    } else {
      const ranges = mark === undefined ? readCharacters(cursor) : undefined;
      if (typeof ranges === 'string') return ranges;
      const repeat = readRepeat(cursor);
      if (repeat === 'refused' || (repeat && readRepeat(cursor) !== undefined)) return 'refused';
      if (ranges) add(now, oneOf(ranges) + suffix(repeat), repeat ?? ONCE);
      else if (!place(now, mark ?? '', repeat)) cursor.isUnsure = true;
    }
  }
  return cursor.isUnsure ? 'unsure' : branches.flatMap(patternsOf);
}

const suffix = (repeat: Repeat | undefined): string => (repeat ? `{${repeat.min},${repeat.max ?? ''}}` : '');

function add(now: Branch, text: string, { min }: Repeat): void {
  if (now.toEnd) now.isImpossible ||= min > 0;
  else now.text += text;
  now.canBeEmpty &&= min === 0;
}

/** False where it cannot be told what it means. */
function place(now: Branch, mark: string, repeat: Repeat | undefined): boolean {
  // `^{0}`: it need not be there.
  if (repeat?.min === 0) return true;
  if (mark === '\\b' || mark === '\\B') {
    now.text += mark;
    now.hasEdges = true;
    return !now.toEnd;
  }
  if (mark === '$' || mark === '\\z') {
    now.toEnd = true;
    return true;
  }
  // What is before the start must be empty.
  now.isImpossible ||= !now.canBeEmpty;
  now.fromStart = true;
  now.text = '';
  return now.isImpossible || !now.hasEdges;
}

function patternsOf({ text, fromStart, toEnd, isImpossible }: Branch): readonly string[] {
  if (isImpossible) return [];
  const body = (fromStart ? '' : ANYTHING) + text;
  return toEnd ? [body, `${body}\\u002f${ANYTHING}`] : [body + ANYTHING];
}
