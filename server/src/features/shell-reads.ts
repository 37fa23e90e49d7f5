import { type Instruction, toSourceSpan } from '../dockerfile/index.js';
import type { ShellCommand, ShellList, ShellScript, ShellWord } from '../shell/index.js';
import type { Span } from '../text/span.js';
import type { Read } from './docker-reads.js';

/** `$NAME`, `${NAME…`, `${#NAME}`. */
const USE = /\$(?:\{[#!]?)?([A-Za-z_]\w*)/g;

/** Every place where the shell puts the value of a variable, and no other. */
export function shellReads(script: ShellScript, instruction: Instruction): readonly Read[] {
  const words = wordsOf(script);
  const { text } = script.source;
  const heads = headsOf(script.list);
  return [...text.matchAll(USE)].flatMap(match => {
    const [use, name = ''] = match;
    const span = toSourceSpan(script.source, match.index + use.length - name.length, match.index + use.length);
    if (instruction.text.slice(span.start, span.end) !== name || text[match.index - 1] === '\\') return [];
    const fed = instruction.heredocs.find(heredoc => script.form === 'shell' && within(span, heredoc.span));
    const isRead = fed ? fed.expand : isExpanded({ name, span }, instruction, words, heads);
    return isRead ? [{ name, span }] : [];
  });
}

function isExpanded(
  { name, span }: Read,
  instruction: Instruction,
  words: readonly ShellWord[],
  heads: readonly Head[],
): boolean {
  const word = innermost(words, span);
  if (word) {
    const before = instruction.text.slice(word.span.start, span.start);
    return word.variables.includes(name) && !endsInSingleQuotes(before);
  }
  // What a `case` or a `for` begins with is in no command.
  const head = innermost(heads, span);
  return head !== undefined && new RegExp(`\\$\\{?${name}\\b`).test(head.text) && !head.text.includes("'");
}

const within = (inner: Span, outer: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

const innermost = <T extends { readonly span: Span }>(all: readonly T[], place: Span): T | undefined =>
  all
    .filter(({ span }) => within(place, span))
    .reduce<T | undefined>(
      (best, one) => (best && best.span.end - best.span.start <= one.span.end - one.span.start ? best : one),
      undefined,
    );

const wordsOf = ({ commands }: ShellScript): readonly ShellWord[] =>
  commands.flatMap(({ name, args, assignments, redirects }) => [
    ...(name ? [name] : []),
    ...args,
    ...assignments.flatMap(({ value }) => value ?? []),
    ...redirects.flatMap(({ target }) => target ?? []),
  ]);

interface Head {
  readonly text: string;
  readonly span: Span;
}

function headsOf({ items }: ShellList): readonly Head[] {
  return items
    .flatMap(({ nodes }) => nodes)
    .flatMap(node =>
      node.kind === 'command' ? [] : [{ text: node.head, span: node.span }, ...node.lists.flatMap(headsOf)],
    );
}

function endsInSingleQuotes(text: string): boolean {
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const ch = text[at] ?? '';
    if (ch === '\\' && quote !== "'") at++;
    else if (quote === '') quote = ch === "'" || ch === '"' ? ch : '';
    else if (ch === quote) quote = '';
  }
  return quote === "'";
}

/** They give variables values, or take them away, by names among their arguments. */
const SETTERS = new Set(
  'declare env export getopts let local mapfile printenv printf read readarray readonly select test typeset unset wait ['.split(
    ' ',
  ),
);
/** Shells that a variable is set for, as in `A=1 sh -c 'echo $A'`. */
const SHELLS = /^(?:(?:ba|da|a|k|z)?sh|env|eval|exec|su|sudo)$/;

/** Whether a script gives the variable another value, or names it without a dollar sign for something that reads it. */
export function namesItself(script: ShellScript, name: string): boolean {
  const isNamed = new RegExp(`^${name}(?:$|[=+[])`);
  const inPrograms = new RegExp(`(?:environ|getenv|\\bENV|process\\.env)\\W{0,4}${name}\\b`);
  const inHead = new RegExp(`(?<![$\\w{])${name}\\b`);
  return (
    script.commands.some(command => sets(command, name) || namesInArguments(command, name, isNamed)) ||
    inPrograms.test(script.source.text) ||
    headsOf(script.list).some(({ text }) => inHead.test(text))
  );
}

const sets = ({ name: command, base, assignments }: ShellCommand, name: string): boolean =>
  (command === undefined || SHELLS.test(base)) && assignments.some(assignment => assignment.name === name);

const namesInArguments = ({ base, args }: ShellCommand, name: string, isNamed: RegExp): boolean =>
  args.some(({ value }) => value === name || (SETTERS.has(base) && isNamed.test(value)));
