import { type Instruction, type Joined, slice, toSourceSpan } from '../dockerfile/index.js';
import type { Span } from '../text/span.js';

/** One item of something that was meant as an exec form. Offsets are into the text it was read from. */
export interface LooseItem {
  readonly text: string;
  readonly quote: '"' | "'" | '“' | '';
  readonly start: number;
  readonly end: number;
}

export interface LooseArray {
  readonly items: readonly LooseItem[];
  /** Relative to the instruction: from `[` to `]`. */
  readonly span: Span;
  readonly problem: 'quotes' | 'comma' | 'variable' | 'backslash' | 'bare-word' | 'rest';
}

const EXEC_KEYWORDS = new Set(['ADD', 'CMD', 'COPY', 'ENTRYPOINT', 'HEALTHCHECK', 'RUN', 'VOLUME']);

/** Where the command of an instruction is: for HEALTHCHECK after CMD. */
export function commandText(instruction: Instruction): Joined | undefined {
  const { arguments: args } = instruction;
  if (instruction.keyword !== 'HEALTHCHECK') return args;
  const type = /^cmd\s+/i.exec(args.text);
  return type ? slice(args, type[0].length, args.text.length) : undefined;
}

/** Reads arguments that look like an exec form but are no valid JSON, so that Docker takes them for shell form. */
export function looseArray(instruction: Instruction): LooseArray | undefined {
  if (!EXEC_KEYWORDS.has(instruction.keyword) || instruction.json || instruction.hasMixedJson) return undefined;
  const source = commandText(instruction);
  if (!source?.text.startsWith('[')) return undefined;
  if (!source.text.endsWith(']')) return badlyEnded(instruction, source);
  const read = readItems(source.text);
  if (!read) return undefined;
  const { items, commas, trailing } = read;
  // `[ "$a" ]` and `[ -f x ]` are tests of the shell, `[ab]` is a pattern: only commas and quotes make it a list.
  const spaced = /^\[\s/.test(source.text);
  const bareCommand = !spaced && (instruction.keyword === 'CMD' || instruction.keyword === 'ENTRYPOINT');
  if (items.length === 0 || (!bareCommand && commas === 0 && (spaced || items.some(item => item.quote === ''))))
    return undefined;
  if (items.length > 1 && commas < items.length - 1 && spaced) return undefined;
  const bare = items.find(item => item.quote === '');
  const problem = bare
    ? bare.text.includes('$')
      ? 'variable'
      : 'bare-word'
    : items.some(item => item.quote !== '"')
      ? 'quotes'
      : trailing || commas !== items.length - 1
        ? 'comma'
        : 'backslash';
  return { items, span: toSourceSpan(source, 0, source.text.length), problem };
}

const COMMANDS = new Set(['CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'RUN']);
/** `["a"` is no `[` command, and a test of the shell has no comma after its first word. */
const NO_TEST = /^\[(?:["'“]|\s+(?:"[^"]*"|'[^']*')\s*,)/;

/** A list without its `]`, or with something after it: `["app", "-v"];`. */
function badlyEnded(instruction: Instruction, source: Joined): LooseArray | undefined {
  const { text } = source;
  if (!COMMANDS.has(instruction.keyword) || !NO_TEST.test(text) || /\]\s*#/.test(text)) return undefined;
  const list = text.replace(/[;,.\s]+$/, '');
  const read = readItems(list.endsWith(']') ? list : `${list}]`);
  const items = read && !read.trailing && read.commas === read.items.length - 1 ? read.items : [];
  return { items, span: toSourceSpan(source, 0, text.length), problem: 'rest' };
}

function readItems(text: string): { items: LooseItem[]; commas: number; trailing: boolean } | undefined {
  const items: LooseItem[] = [];
  const end = text.length - 1;
  let commas = 0;
  let trailing = false;
  let at = 1;
  while (at < end) {
    const ch = text[at] ?? '';
    if (/\s/.test(ch)) {
      at++;
      continue;
    }
    if (ch === ',') {
      // Two commas, or one in front: something else was meant.
      if (trailing || items.length === 0) return undefined;
      commas++;
      trailing = true;
      at++;
      continue;
    }
    const item = readItem(text, at, end);
    if (!item) return undefined;
    items.push(item);
    trailing = false;
    at = item.end;
  }
  return { items, commas, trailing };
}

const CLOSING: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '”': '”', '‘': '’', '’': '’' };

function readItem(text: string, start: number, end: number): LooseItem | undefined {
  const open = text[start] ?? '';
  const close = CLOSING[open];
  if (close === undefined) {
    const match = /^[^\s,"'\][]+/.exec(text.slice(start, end));
    if (!match) return undefined;
    return { text: match[0], quote: '', start, end: start + match[0].length };
  }
  let at = start + 1;
  while (at < end && text[at] !== close) at += open === '"' && text[at] === '\\' ? 2 : 1;
  if (at >= end) return undefined;
  const quote = open === '"' || open === "'" ? open : '“';
  return { text: text.slice(start + 1, at), quote, start, end: at + 1 };
}

/** The exec form that was meant; undefined when an item cannot be told for certain. */
export function meantJson(array: LooseArray): string | undefined {
  const items: string[] = [];
  for (const { text, quote } of array.items) {
    if (quote === '' || /[\r\n]/.test(text)) return undefined;
    const value = quote === '"' ? doubleQuoted(text) : text;
    if (value === undefined) return undefined;
    items.push(JSON.stringify(value));
  }
  return `[${items.join(', ')}]`;
}

/** A string with valid escapes means them; in one without, backslashes are path separators. */
function doubleQuoted(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(`"${text}"`);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return text.includes('"') ? undefined : text;
  }
}
