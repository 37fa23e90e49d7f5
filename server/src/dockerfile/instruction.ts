import type { Span } from '../text/span.js';
import { isBlank, skipSpaces, trimEndSpaces } from './characters.js';
import type { Heredoc } from './heredoc.js';
import { type Flag, type FromParts, type Pair, ReadFrom, type Word } from './instruction-parts.js';
import { type Joined, slice, toSource, toSourceEnd, toSourceSpan } from './joined.js';
import { SAME_KEYWORD } from './keywords.js';
import { isPlainText, lex, type VariableUse } from './lexer.js';
import type { Comment } from './lines.js';
import { blankSeparated, builderFlags, type JsonForm, jsonForm, NO_JSON, quotedWords, type RawWord } from './words.js';

function upperCase(typed: string): string {
  const keyword = typed.toUpperCase();
  return SAME_KEYWORD.get(keyword) ?? keyword;
}

/** Something BuildKit would refuse. `span` is relative to the instruction's start. */
export interface SyntaxProblem {
  readonly message: string;
  readonly span: Span;
}

const PAIR_KEYWORDS = new Set<string>(['ENV', 'LABEL', 'ARG']);
const JSON_KEYWORDS = new Set<string>(['ADD', 'CMD', 'COPY', 'ENTRYPOINT', 'HEALTHCHECK', 'RUN', 'SHELL', 'VOLUME']);

const NO_FLAGS: readonly Flag[] = [];

interface Split {
  readonly flags: readonly RawWord[];
  /** Where the arguments begin and end. */
  readonly rest: number;
  readonly end: number;
}

/**
 * One instruction, free of its position: every span is relative to the instruction's first character, so it can be
 * kept as long as its text stays the same. Parts are read on first use.
 */
export class Instruction {
  /** Upper case. Not necessarily a {@link Keyword}: unknown words are kept as they are. */
  readonly keyword: string;
  readonly keywordSpan: Span;
  /** Offset in `joined.text` where what follows the keyword begins. */
  readonly #afterKeyword: number;
  // Each part is read once, on first use. A part that can be absent is kept in a tuple.
  #split: Split | undefined;
  #flags: readonly Flag[] | undefined;
  #arguments: Joined | undefined;
  #form: JsonForm | undefined;
  #json: readonly [readonly Word[] | undefined] | undefined;
  #words: readonly Word[] | undefined;
  #quotedWords: readonly RawWord[] | undefined;
  #pairs: readonly Pair[] | undefined;
  #from: readonly [FromParts | undefined] | undefined;
  #trigger: readonly [Instruction | undefined] | undefined;
  /** What others have found out about it; see perInstruction. */
  readonly kept: unknown[] = [];

  constructor(
    /** The source text from the keyword to the end of the last line, heredoc bodies included. */
    readonly text: string,
    readonly escape: '\\' | '`',
    /** The logical line; its source offsets are relative to the instruction's start. */
    readonly joined: Joined,
    readonly heredocs: readonly Heredoc[],
    /** Comment lines inside the instruction. */
    readonly comments: readonly Comment[],
    readonly emptyLines: readonly Span[],
  ) {
    const line = joined.text;
    const from = skipSpaces(line, 0);
    let to = Math.max(from, line.indexOf(' ', from));
    let keyword = SAME_KEYWORD.get(line.slice(from, to));
    // Nearly all are a known word in capitals, with a space after it.
    if (keyword === undefined) {
      to = from;
      while (to < line.length && !isBlank(line.charCodeAt(to))) to++;
      keyword = upperCase(line.slice(from, to));
    }
    this.keyword = keyword;
    this.keywordSpan = toSourceSpan(joined, from, to);
    this.#afterKeyword = to;
  }

  #word(word: RawWord, base = 0): Word {
    return { text: word.text, span: toSourceSpan(this.joined, word.start + base, word.end + base) };
  }

  #parts(): Split {
    this.#split ??= this.#readSplit();
    return this.#split;
  }

  #readSplit(): Split {
    const line = this.joined.text;
    const end = trimEndSpaces(line, this.#afterKeyword);
    let from = this.#afterKeyword;
    while (from < end && isBlank(line.charCodeAt(from))) from++;
    const { flags, rest } = builderFlags(line.slice(0, end), from);
    return { flags, rest: Math.min(rest, end), end };
  }

  /** The keyword as typed. */
  get rawKeyword(): string {
    return this.text.slice(this.keywordSpan.start, this.keywordSpan.end);
  }

  get flags(): readonly Flag[] {
    if (!this.#flags) {
      const { flags } = this.#parts();
      this.#flags = flags.length === 0 ? NO_FLAGS : flags.map(flag => this.#readFlag(flag));
    }
    return this.#flags;
  }

  #readFlag(flag: RawWord): Flag {
    const equals = flag.text.indexOf('=');
    const rawEquals = this.joined.text.indexOf('=', flag.start);
    const valueStart = equals < 0 ? flag.end : Math.min(rawEquals + 1, flag.end);
    return {
      name: flag.text.slice(2, equals < 0 ? undefined : equals),
      value: equals < 0 ? undefined : flag.text.slice(equals + 1),
      text: flag.text,
      span: toSourceSpan(this.joined, flag.start, flag.end),
      valueSpan: toSourceSpan(this.joined, valueStart, flag.end),
    };
  }

  flag(name: string): Flag | undefined {
    return this.flags.find(flag => flag.name === name);
  }

  /** What follows keyword and flags, trimmed, with its way back to the source. */
  get arguments(): Joined {
    if (!this.#arguments) {
      const { rest, end } = this.#parts();
      this.#arguments = slice(this.joined, rest, end);
    }
    return this.#arguments;
  }

  get argumentsSpan(): Span {
    const { rest, end } = this.#parts();
    return toSourceSpan(this.joined, rest, end);
  }

  #jsonForm(): JsonForm {
    this.#form ??= this.#readJsonForm();
    return this.#form;
  }

  #readJsonForm(): JsonForm {
    if (!JSON_KEYWORDS.has(this.keyword)) return NO_JSON;
    if (this.keyword !== 'HEALTHCHECK') return jsonForm(this.arguments.text);
    const command = this.#healthStart();
    return command < 0 ? NO_JSON : jsonForm(this.arguments.text.slice(command));
  }

  // HEALTHCHECK CMD ["a"]: the exec form starts after the first word.
  #healthStart(): number {
    const text = this.arguments.text;
    const type = /^\S+\s*/.exec(text);
    return type ? type[0].length : -1;
  }

  /** The strings of the exec form, quotes excluded from `text` but included in `span`; undefined for the shell form. */
  get json(): readonly Word[] | undefined {
    this.#json ??= [this.#readJson()];
    return this.#json[0];
  }

  #readJson(): readonly Word[] | undefined {
    const form = this.#jsonForm();
    if (form.kind !== 'array') return undefined;
    const base = this.#parts().rest + (this.keyword === 'HEALTHCHECK' ? this.#healthStart() : 0);
    return form.items.map(item => this.#word(item, base));
  }

  /** Arguments separated by spaces, or the strings of the exec form. */
  get words(): readonly Word[] {
    this.#words ??= this.#readWords();
    return this.#words;
  }

  #readWords(): readonly Word[] {
    const { json } = this;
    if (json && this.keyword !== 'HEALTHCHECK') return json;
    const { rest, end } = this.#parts();
    return blankSeparated(this.joined.text, rest, end).map(word => this.#word(word));
  }

  /** ENV and LABEL written `key value`, the whole rest being the value. */
  get isLegacyPair(): boolean {
    if (this.keyword !== 'ENV' && this.keyword !== 'LABEL') return false;
    const [first] = this.quotedWords;
    return first !== undefined && !first.text.includes('=');
  }

  /** The words of ENV, LABEL and ARG as they are written; their offsets are those of {@link arguments}. */
  get quotedWords(): readonly RawWord[] {
    this.#quotedWords ??= quotedWords(this.arguments.text, this.escape);
    return this.#quotedWords;
  }

  /** The key/value pairs of ENV, LABEL and ARG. Words that are no pair are left out; they are in `problems`. */
  get pairs(): readonly Pair[] {
    this.#pairs ??= this.#readPairs();
    return this.#pairs;
  }

  #readPairs(): readonly Pair[] {
    if (!PAIR_KEYWORDS.has(this.keyword)) return [];
    const { text } = this.arguments;
    const base = this.#parts().rest;
    if (this.isLegacyPair) {
      const match = /^([^\t\v\f\r ]+)([\t\v\f\r ]+)([\s\S]*)$/.exec(text);
      if (!match) return [];
      const [, key = '', gap = '', value = ''] = match;
      const valueStart = key.length + gap.length;
      return [this.#pair(key, value, base, base + key.length, base + valueStart, base + text.length)];
    }
    const pairs: Pair[] = [];
    for (const word of this.quotedWords) {
      const equals = word.text.indexOf('=');
      const start = base + word.start;
      const end = base + word.end;
      if (equals >= 0) {
        const rawEquals = base + text.indexOf('=', word.start);
        const key = word.text.slice(0, equals);
        pairs.push(this.#pair(key, word.text.slice(equals + 1), start, rawEquals, rawEquals + 1, end));
      } else if (this.keyword === 'ARG') pairs.push(this.#pair(word.text, undefined, start, end, end, end));
    }
    return pairs;
  }

  #pair(key: string, value: string | undefined, start: number, keyEnd: number, valueStart: number, end: number): Pair {
    return {
      key,
      value,
      keySpan: toSourceSpan(this.joined, start, keyEnd),
      valueSpan: toSourceSpan(this.joined, valueStart, end),
      span: toSourceSpan(this.joined, start, end),
    };
  }

  get from(): FromParts | undefined {
    if (this.keyword !== 'FROM') return undefined;
    this.#from ??= [this.#readFrom()];
    return this.#from[0];
  }

  #readFrom(): FromParts | undefined {
    const [image, as, name] = this.words;
    if (!image) return undefined;
    const isNamed = as !== undefined && as.text.toUpperCase() === 'AS';
    return new ReadFrom(this.text, image, as, isNamed ? name : undefined, this.flag('platform'));
  }

  /** The instruction that ONBUILD triggers; its spans are relative to this instruction's start too. */
  get trigger(): Instruction | undefined {
    if (this.keyword !== 'ONBUILD') return undefined;
    this.#trigger ??= [this.#readTrigger()];
    return this.#trigger[0];
  }

  #readTrigger(): Instruction | undefined {
    if (this.arguments.text === '') return undefined;
    return new Instruction(this.text, this.escape, this.arguments, this.heredocs, this.comments, this.emptyLines);
  }

  /** Variables that BuildKit would expand in the given part of the logical line; spans are relative to the instruction. */
  variablesIn(
    text: Joined,
    ignoreQuotes = false,
  ): readonly (Omit<VariableUse, 'start' | 'end'> & { readonly span: Span })[] {
    if (isPlainText(text.text)) return [];
    return lex(text.text, { escape: this.escape, keepUnset: true, ignoreQuotes }).variables.map(use => ({
      name: use.name,
      modifier: use.modifier,
      span: toSourceSpan(text, use.start, use.end),
    }));
  }

  /** The offset in {@link text} of an offset in the logical line: of what begins there, and of what ends there. */
  sourceAt(joinedOffset: number): number {
    return toSource(this.joined, joinedOffset);
  }

  sourceEndAt(joinedOffset: number): number {
    return toSourceEnd(this.joined, joinedOffset);
  }

  /** Whether the text looks like an exec form whose items are not all strings: BuildKit refuses the file. */
  get hasMixedJson(): boolean {
    return this.#jsonForm().kind === 'not-strings';
  }
}
