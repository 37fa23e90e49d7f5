import type { Assignment, CommandArgument, Redirection, Word, WordPart } from 'unbash';
import { type Joined, toSourceSpan } from '../dockerfile/index.js';
import type { ShellAssignment, ShellRedirect, ShellWord } from './types.js';

/** Words as they are in one script. */
export interface WordSource {
  readonly source: Joined;
  /** Some character of the script quotes: without one no word has to be searched for them. */
  readonly hasQuotes: boolean;
}

const QUOTE = /["'\\]/;

export const wordSource = (source: Joined): WordSource => ({ source, hasQuotes: QUOTE.test(source.text) });

export const NO_VARIABLES: readonly string[] = [];

/** Every character stands for itself, to any shell. */
const PLAIN = /^[\w/.:=@%+,-]+$/;

/** A file name pattern, to any shell. */
const PATTERN = /^[\w/.:=@%+,*-]+$/;

/** A plain word with variables, or double quotes around text with variables. A name is as long as it can be. */
const WITH_VARIABLES =
  /^(?:(?:[\w/.:=@%+,-]|\$\{[A-Za-z_]\w*\}|\$[A-Za-z_]\w*(?!\w))+|"(?:[^"$`\\]|\$\{[A-Za-z_]\w*\}|\$[A-Za-z_]\w*(?!\w))*")$/;

/** A longer word could need more room for going back than a regular expression has. */
const MAX_MATCHED = 10_000;

const VARIABLE = /\$\{?(\w+)/g;

/** Double quotes around nothing but text. */
const QUOTED_TEXT = /^"[^"$`\\]*"$/;

/** One pair of quotes around the whole word, with nothing in them that means anything: read without the parser's help. */
function isQuotedText(text: string): boolean {
  const quote = text.charCodeAt(0);
  if (quote === 39) return text.length > 1 && text.indexOf("'", 1) === text.length - 1;
  return quote === 34 && QUOTED_TEXT.test(text);
}

function literalParts(parts: readonly WordPart[] | undefined, variables: string[]): boolean {
  let literal = true;
  if (!parts) return literal;
  for (const part of parts) {
    switch (part.type) {
      case 'Literal':
      case 'SingleQuoted':
      case 'AnsiCQuoted':
        break;
      case 'DoubleQuoted':
      case 'LocaleString':
        if (!literalParts(part.parts, variables)) literal = false;
        break;
      case 'SimpleExpansion':
        variables.push(part.text.slice(1));
        literal = false;
        break;
      case 'ParameterExpansion':
        variables.push(part.parameter);
        literal = false;
        break;
      default:
        literal = false;
    }
  }
  return literal;
}

/** A word of which each character stands for itself. */
export const plainWord = ({ source }: WordSource, text: string, pos: number, end: number): ShellWord => ({
  text,
  value: text,
  span: toSourceSpan(source, pos, end),
  literal: true,
  quoted: false,
  variables: NO_VARIABLES,
});

/** A word that its looks tell everything about; undefined for others. */
export function wordByLooks(words: WordSource, text: string, pos: number, end: number): ShellWord | undefined {
  if (PLAIN.test(text)) return plainWord(words, text, pos, end);
  const { source, hasQuotes } = words;
  const span = toSourceSpan(source, pos, end);
  const quoted = hasQuotes && QUOTE.test(text);
  if (quoted && isQuotedText(text))
    return { text, value: text.slice(1, -1), span, literal: true, quoted, variables: NO_VARIABLES };
  if (text.length < MAX_MATCHED && text.includes('$') && WITH_VARIABLES.test(text)) {
    const variables: string[] = [];
    VARIABLE.lastIndex = 0;
    for (let match = VARIABLE.exec(text); match; match = VARIABLE.exec(text)) variables.push(match[1] ?? '');
    return { text, value: quoted ? text.slice(1, -1) : text, span, literal: false, quoted, variables };
  }
  if (text.includes('*') && PATTERN.test(text))
    return { text, value: text, span, literal: false, quoted: false, variables: NO_VARIABLES };
  return undefined;
}

/** The parser's parts, which it reads on demand, are asked for only where a word cannot be told by its looks. */
export function readWord(words: WordSource, word: Word): ShellWord {
  const { text, pos, end } = word;
  const known = wordByLooks(words, text, pos, end);
  if (known) return known;
  const span = toSourceSpan(words.source, pos, end);
  const quoted = QUOTE.test(text);
  const { parts } = word;
  if (!parts)
    return { text, value: word.value, span, literal: text.charCodeAt(0) !== 126, quoted, variables: NO_VARIABLES };
  const variables: string[] = [];
  const literal = literalParts(parts, variables);
  return { text, value: word.value, span, literal, quoted, variables };
}

export function readAssignment(words: WordSource, node: Assignment): ShellAssignment {
  return {
    text: node.text,
    name: node.name,
    value: node.value.type === 'Word' ? readWord(words, node.value) : undefined,
    span: toSourceSpan(words.source, node.pos, node.end),
  };
}

// `export X=1`: an assignment among the arguments is a word to everyone else.
export function argumentWord(words: WordSource, node: CommandArgument): ShellWord {
  if (node.type === 'Word') return readWord(words, node);
  const variables: string[] = [];
  const { text } = node;
  const value = node.value.type === 'Word' ? node.value : undefined;
  const literal = value ? literalParts(value.parts, variables) : false;
  return {
    text,
    value: value ? `${node.name}${node.append ? '+' : ''}=${value.value}` : text,
    span: toSourceSpan(words.source, node.pos, node.end),
    literal,
    quoted: QUOTE.test(text),
    variables,
  };
}

export function readRedirect(words: WordSource, node: Redirection): ShellRedirect {
  const target = node.type === 'HereDoc' ? undefined : node.target;
  return {
    text: redirectText(words.source.text, node),
    operator: node.operator,
    target: target ? readWord(words, target) : undefined,
    span: toSourceSpan(words.source, node.pos, node.end),
  };
}

function redirectText(text: string, redirect: Redirection): string {
  if (redirect.type !== 'HereDoc') return `\u0002${text.slice(redirect.pos, redirect.end).replace(/\s+/g, '')}`;
  return `\u0002${redirect.operator}${redirect.delimiter?.text ?? ''}\u0002${redirect.body.text}`;
}
