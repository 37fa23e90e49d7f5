import { isSpace } from './characters.js';
import { collectWords, spaceSeparated } from './lexed-words.js';
import { isHard, patternToRegExp, trimPattern } from './patterns.js';
import { nameEnd } from './variable-name.js';

/**
 * The word lexer that BuildKit applies to instruction arguments (frontend/dockerfile/shell): quotes, escapes and
 * `$name` / `${name…}` in one pass. It differs from a shell: only `"`, `$` and the escape character can be escaped
 * inside double quotes, and expansion results are not split again unless `words` are asked for.
 */
export interface LexOptions {
  readonly escape: string;
  /** Keep quote characters in the result. */
  readonly rawQuotes?: boolean;
  /** Keep escape characters in the result. */
  readonly rawEscapes?: boolean;
  /** Leave `$name` as it is when the variable has no value. */
  readonly keepUnset?: boolean;
  /** Treat quotes as ordinary characters (bodies of heredocs). */
  readonly ignoreQuotes?: boolean;
  readonly lookup?: (name: string) => string | undefined;
  /** Split the result into words, too. */
  readonly words?: boolean;
}

/** A variable that the text refers to; offsets are into the lexed text. */
export interface VariableUse {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** The operator after the name inside `${}`: `:-`, `-`, `:+`, `+`, `:?`, `?`, `#`, `%`, `/`; empty for none. */
  readonly modifier: string;
}

export interface LexResult {
  readonly value: string;
  /** Empty unless they were asked for. */
  readonly words: readonly string[];
  readonly variables: readonly VariableUse[];
  /** The values were too long or the pattern too hard: `value` is not what BuildKit would make of it. */
  readonly gaveUp: boolean;
  /** The first thing BuildKit would refuse, such as an unterminated quote. */
  readonly error: string | undefined;
}

class LexError extends Error {}

/** Variables that hold one another twice grow without end; a value that is put into a text is not longer than this. */
const MAX_EXPANDED = 16_384;
/** `${a:-${b:-…}}`: more than anybody writes, and less than fills the stack. */
const MAX_DEPTH = 200;

const SPECIAL = /[$\\'"<]/g;
const SPECIAL_TICK = /[$`'"<]/g;
/** What has a meaning between double quotes. */
const IN_QUOTES = /["$\\]/g;
const IN_QUOTES_TICK = /["$`]/g;
const MAY_MEAN_SOMETHING = /[$'"<\\`]/;
const NO_WORDS: readonly string[] = [];
const NO_USES: readonly VariableUse[] = [];

/** Whether every character of a text stands for itself, whatever the options: then there is nothing to expand or refuse. */
export const isPlainText = (text: string): boolean => !MAY_MEAN_SOMETHING.test(text);

/** Lexes `text` as BuildKit does. Never throws: what BuildKit would refuse is in `error`, with what was read until then. */
export function lex(text: string, options: LexOptions): LexResult {
  if (!isPlainText(text)) return lexSpecial(text, options);
  const words = options.words ? spaceSeparated(text) : NO_WORDS;
  return { value: text, words, variables: NO_USES, gaveUp: false, error: undefined };
}

function lexSpecial(text: string, options: LexOptions): LexResult {
  let at = 0;
  const variables: VariableUse[] = [];
  const words = options.words ? collectWords() : undefined;

  let expanded = 0;
  let depth = 0;
  let gaveUp = false;
  const lookUp = (name: string): string | undefined => {
    const value = options.lookup?.(name);
    expanded += value?.length ?? 0;
    gaveUp ||= expanded > MAX_EXPANDED;
    return gaveUp ? '' : value;
  };
  const matching = (value: string, pattern: string, make: () => string): string => {
    gaveUp ||= isHard(value, pattern);
    return gaveUp ? '' : make();
  };

  /** The end of the characters from `at` on that stand for themselves. */
  const plainEnd = (): number => {
    const special = options.escape === '`' ? SPECIAL_TICK : SPECIAL;
    special.lastIndex = at;
    return special.exec(text)?.index ?? text.length;
  };

  function readName(): string {
    const end = nameEnd(text, at);
    const name = text.slice(at, end);
    at = end;
    return name;
  }

  function readDollar(): string {
    if (depth >= MAX_DEPTH) throw new LexError('the substitutions are nested too deeply');
    depth++;
    const piece = readSubstitution();
    depth--;
    return piece;
  }

  function readSubstitution(): string {
    const start = at;
    at++;
    if (text[at] !== '{') {
      const name = readName();
      if (name === '') return '$';
      variables.push({ name, start, end: at, modifier: '' });
      const value = lookUp(name);
      return value ?? (options.keepUnset ? `$${name}` : '');
    }
    at++;
    const opening = text[at];
    if (opening === undefined) throw new LexError("missing '}' after '${'");
    if (opening === '{' || opening === '}' || opening === ':') throw new LexError('bad substitution');
    const name = readName();
    const slot = variables.length;
    const use = (modifier: string): void => {
      variables.splice(slot, 0, { name, start, end: at, modifier });
    };
    const ch = text[at++];
    const value = lookUp(name);
    if (ch === '}') {
      use('');
      return value ?? (options.keepUnset ? `\${${name}}` : '');
    }
    if (ch === '/') {
      const all = text[at] === '/';
      if (all) at++;
      const pattern = readUntil('/', true);
      const replacement = readUntil('}', true);
      use('/');
      if (value === undefined) return options.keepUnset ? text.slice(start, at) : '';
      return matching(value, pattern, () =>
        value.replace(patternToRegExp(pattern, true, false, all ? 'g' : ''), () => replacement),
      );
    }
    let operator = ch ?? '';
    const colon = operator === ':';
    if (colon) operator = text[at++] ?? '';
    if (!['+', '-', '?', '#', '%'].includes(operator) || (colon && (operator === '#' || operator === '%'))) {
      throw new LexError(`unsupported modifier (${colon ? ':' : ''}${operator}) in substitution`);
    }
    const operand = readUntil('}', operator === '#' || operator === '%');
    use((colon ? ':' : '') + operator);
    if (value === undefined && options.keepUnset) return text.slice(start, at);
    const missing = value === undefined || (colon && value === '');
    switch (operator) {
      case '-':
        return missing ? operand : (value ?? '');
      case '+':
        return missing ? '' : operand;
      case '?':
        if (missing && options.lookup) throw new LexError(`${name}: ${operand || 'is not allowed to be unset'}`);
        return value ?? '';
      default:
        return matching(value ?? '', operand, () => trimPattern(value ?? '', operand, operator));
    }
  }

  function readUntil(stop: string, rawEscapes: boolean): string {
    let result = '';
    while (at < text.length) {
      const ch = text[at] ?? '';
      if (ch === stop) {
        at++;
        return result;
      }
      if (ch === '$') result += readDollar();
      else if (!options.ignoreQuotes && ch === "'") result += readSingle();
      else if (!options.ignoreQuotes && ch === '"') result += readDouble();
      else {
        at++;
        if (ch === options.escape) {
          if (rawEscapes) result += ch;
          if (at >= text.length) break;
          result += text[at++] ?? '';
        } else result += ch;
      }
    }
    throw new LexError(`unexpected end of statement while looking for matching ${stop}`);
  }

  function readSingle(): string {
    const end = text.indexOf("'", at + 1);
    if (end < 0) throw new LexError('unexpected end of statement while looking for matching single-quote');
    const inner = text.slice(at + 1, end);
    at = end + 1;
    return options.rawQuotes ? `'${inner}'` : inner;
  }

  function readDouble(): string {
    at++;
    let result = options.rawQuotes ? '"' : '';
    const stop = options.escape === '`' ? IN_QUOTES_TICK : IN_QUOTES;
    while (at < text.length) {
      stop.lastIndex = at;
      const next = stop.exec(text)?.index ?? text.length;
      result += text.slice(at, next);
      at = next;
      const ch = text[at];
      if (ch === undefined) break;
      if (ch === '"') {
        at++;
        return options.rawQuotes ? `${result}"` : result;
      }
      if (ch === '$') {
        result += readDollar();
        continue;
      }
      at++;
      if (options.rawEscapes) result += ch;
      const escaped = text[at];
      if (escaped === undefined) continue;
      if (escaped === '"' || escaped === '$' || escaped === options.escape) {
        at++;
        result += escaped;
      } else result += ch;
    }
    throw new LexError('unexpected end of statement while looking for matching double-quote');
  }

  let value = '';
  let error: string | undefined;
  try {
    while (at < text.length) {
      const ch = text[at] ?? '';
      if (ch === '$') {
        const piece = readDollar();
        value += piece;
        words?.addSplit(piece);
      } else if (!options.ignoreQuotes && (ch === "'" || ch === '"')) {
        const piece = ch === "'" ? readSingle() : readDouble();
        value += piece;
        words?.add(piece);
      } else if (ch === '<' && text[at + 1] === '<') {
        // `<<`, an optional `-` and the spaces after it belong to the word: `<< EOF` is one (BuildKit's heredoc special case).
        const from = at;
        at += 2;
        if (text[at] === '-') at++;
        while (at < text.length && isSpace(text.charCodeAt(at))) at++;
        const piece = text.slice(from, at);
        value += piece;
        words?.add(piece);
      } else if (ch === options.escape) {
        at++;
        if (options.rawEscapes) {
          value += ch;
          words?.add(ch);
        }
        const next = text[at++];
        if (next === undefined) break;
        value += next;
        words?.add(next);
      } else {
        const from = at;
        // A quote or `<` that came this far stands for itself.
        at = Math.max(plainEnd(), at + 1);
        const piece = text.slice(from, at);
        value += piece;
        words?.addSplit(piece);
      }
    }
  } catch (thrown) {
    if (!(thrown instanceof LexError)) throw thrown;
    error = thrown.message;
    // BuildKit returns no words for text it refuses.
    return { value, words: NO_WORDS, variables, gaveUp, error };
  }
  return { value, words: words?.all() ?? NO_WORDS, variables, gaveUp, error };
}
