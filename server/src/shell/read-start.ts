import { toSourceSpan } from '../dockerfile/index.js';
import { plainWord, wordByLooks } from './read-words.js';
import { at, makeCommand, NO_ASSIGNMENTS, NO_REDIRECTS, type Reader } from './reader.js';
import type { ListOperator, ShellAssignment, ShellCommand, ShellItem, ShellNode, ShellWord } from './types.js';

/**
 * Simple commands at the start of a script. Most scripts are nothing else, and what the parser makes of those is plain: the
 * same is found here by a few regular expressions, for a tenth of the time. Whatever is not certain is left to the parser.
 */
export interface Start {
  readonly items: ShellItem[];
  /** Where the rest begins, behind an operator; the length of the text when there is none. */
  readonly end: number;
  /** What joins the rest to the last item; empty when nothing was read. */
  readonly operator: ListOperator;
}

/** A longer word could need more room for going back than a regular expression has. */
const MAX_LENGTH = 10_000;

const PLAIN = /[\w/.:=@%+,-]+(?=[ \t;&|]|$)/y;

/** What {@link wordByLooks} may know: a quoted text, a text with variables, a pattern. */
const KNOWN =
  /(?:'[^']*'|"(?:[^"$`\\]|\$\{[A-Za-z_]\w*\}|\$[A-Za-z_]\w*(?!\w))*"|(?:[\w/.:=@%+,-]|\$\{[A-Za-z_]\w*\}|\$[A-Za-z_]\w*(?!\w))+|[\w/.:=@%+,*-]+)(?=[ \t;&|]|$)/y;

const ASSIGNED = /^[A-Za-z_]\w*=/;

/** Words that begin something else than a command, or whose arguments are read otherwise. */
const OTHERS = new Set(
  'if then else elif fi do done for while until in case esac function select coproc time local alias export declare typeset readonly eval let'.split(
    ' ',
  ),
);

interface Simple {
  readonly name: ShellWord | undefined;
  readonly args: readonly ShellWord[];
  readonly assignments: readonly ShellAssignment[];
  readonly start: number;
  readonly end: number;
  /** Behind the blanks that follow it. */
  readonly next: number;
}

const SEMICOLON = 59;
const AMPERSAND = 38;
const PIPE = 124;

const blanksFrom = (text: string, from: number): number => {
  let next = from;
  for (let code = text.charCodeAt(next); code === 32 || code === 9; code = text.charCodeAt(next)) next++;
  return next;
};

function readSimple({ words }: Reader, start: number): Simple | undefined {
  const { source } = words;
  const { text } = source;
  let name: ShellWord | undefined;
  const args: ShellWord[] = [];
  let assignments: ShellAssignment[] | undefined;
  let end = start;
  let next = start;
  for (;;) {
    const code = text.charCodeAt(next);
    if (next === text.length || code === SEMICOLON || code === AMPERSAND || code === PIPE) break;
    const from = next;
    PLAIN.lastIndex = from;
    const isPlain = PLAIN.test(text);
    if (isPlain) end = PLAIN.lastIndex;
    else {
      KNOWN.lastIndex = from;
      if (!KNOWN.test(text)) return undefined;
      end = KNOWN.lastIndex;
    }
    const word = text.slice(from, end);
    if (name) {
      const arg = isPlain ? plainWord(words, word, from, end) : wordByLooks(words, word, from, end);
      if (!arg) return undefined;
      args.push(arg);
    } else if (word.includes('=')) {
      const assigned = ASSIGNED.exec(word)?.[0].length ?? 0;
      const value = assigned > 0 ? wordByLooks(words, word.slice(assigned), from + assigned, end) : undefined;
      if (!value) return undefined;
      assignments ??= [];
      assignments.push({ text: word, name: word.slice(0, assigned - 1), value, span: toSourceSpan(source, from, end) });
    } else {
      if (OTHERS.has(word)) return undefined;
      name = isPlain ? plainWord(words, word, from, end) : wordByLooks(words, word, from, end);
      if (!name) return undefined;
    }
    next = blanksFrom(text, end);
  }
  return end === start ? undefined : { name, args, assignments: assignments ?? NO_ASSIGNMENTS, start, end, next };
}

/** `unwrap` adds what a command runs to the reader's list, where the command itself lies already. */
export function readStart(reader: Reader, unwrap: (command: ShellCommand) => void): Start {
  const { text } = reader.source;
  const items: ShellItem[] = [];
  let operator: ListOperator = '';
  let done = 0;
  if (text.length > MAX_LENGTH) return { items, end: done, operator };
  for (;;) {
    const from = blanksFrom(text, done);
    if (from === text.length) return { items, end: from, operator };
    const first = readSimple(reader, from);
    if (!first) break;
    let last = first;
    let piped: Simple[] | undefined;
    while (text.charCodeAt(last.next) === PIPE && text.charCodeAt(last.next + 1) !== PIPE) {
      const next = readSimple(reader, blanksFrom(text, last.next + 1));
      if (!next) return { items, end: done, operator };
      piped ??= [first];
      piped.push(next);
      last = next;
    }
    const behind = joint(text, last.next);
    if (behind === undefined) break;
    addItem(reader, piped ?? [first], operator, unwrap, items);
    operator = behind;
    done = last.next + behind.length;
    if (behind === '') return { items, end: done, operator };
  }
  return { items, end: done, operator };
}

/** What joins an item to the next one; empty at the end. */
function joint(text: string, from: number): ListOperator | undefined {
  if (from === text.length) return '';
  const code = text.charCodeAt(from);
  const next = text.charCodeAt(from + 1);
  if (code === SEMICOLON) return next === SEMICOLON || next === AMPERSAND ? undefined : ';';
  if (next !== code) return undefined;
  return code === AMPERSAND ? '&&' : '||';
}

function addItem(
  reader: Reader,
  simple: readonly Simple[],
  operator: ListOperator,
  unwrap: (command: ShellCommand) => void,
  items: ShellItem[],
): void {
  const nodes: ShellNode[] = [];
  const [first] = simple;
  // Not by `at`, which takes V8 ten times as long.
  const last = simple[simple.length - 1];
  if (!first || !last) return;
  const whole = at(reader, first.start, last.end);
  const item: ShellItem = {
    span: whole,
    operator,
    background: false,
    negated: false,
    joints: last === first ? '' : PIPES.repeat(simple.length - 1).trimEnd(),
    nodes,
  };
  items.push(item);
  if (last !== first) reader.hasPipe = true;
  for (let index = 0; index < simple.length; index++) {
    const { name, args, assignments, start, end } = simple[index] ?? first;
    const span = simple.length === 1 ? whole : at(reader, start, end);
    const command = makeCommand(reader, name, args, assignments, NO_REDIRECTS, span, true, item, undefined);
    nodes.push({ kind: 'command', span, command });
    reader.commands.push(command);
    unwrap(command);
  }
}

const PIPES = '| ';
