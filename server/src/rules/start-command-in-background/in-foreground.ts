import type { Instruction } from '../../dockerfile/index.js';
import type { FixEdit, RuleFix } from '../../edits/fix.js';
import { insertAfter } from '../../edits/words.js';
import type { ShellCommand } from '../../shell/index.js';
import type { Detached } from '../../start/index.js';
import type { Span } from '../../text/span.js';

/** From the first to the last word of a command in an exec form, quotes included. */
export function wordsSpan({ json = [] }: Instruction, { span }: ShellCommand): Span {
  const own = json.filter(word => word.span.start < span.end && word.span.end > span.start);
  return { start: own[0]?.span.start ?? span.start, end: own.at(-1)?.span.end ?? span.end };
}

export function inForeground(instruction: Instruction, command: ShellCommand, found: Detached): readonly RuleFix[] {
  const edits = instruction.json ? inExecForm(instruction, command, found) : inShellForm(command, found);
  if (edits.length === 0) return [];
  return [
    { title: 'Start it in the foreground', safety: 'review', edits, effect: { arguments: true, commands: true } },
  ];
}

function inShellForm(command: ShellCommand, { add, instead, without }: Detached): readonly FixEdit[] {
  if (!command.editable || command.redirects.length > 0) return [];
  if (instead) return [{ span: command.span, text: instead.map(quoted).join(' ') }];
  const last = command.args.at(-1) ?? command.name;
  if (add && last) return [insertAfter(last, add.map(quoted).join(' '))];
  const word = without && command.args.find(({ value }) => without.test(value));
  return word ? [{ span: { start: word.span.start - 1, end: word.span.end }, text: '' }] : [];
}

const quoted = (word: string): string => (/^[\w./-]+$/.test(word) ? word : `"${word}"`);

function inExecForm(
  instruction: Instruction,
  command: ShellCommand,
  { add, instead, without }: Detached,
): readonly FixEdit[] {
  const { json = [] } = instruction;
  const last = json.at(-1);
  // What is written inside `sh -c "…"` needs other quotes.
  if (command.via?.endsWith('-c') || !last) return [];
  const list = (words: readonly string[]): string => words.map(word => JSON.stringify(word)).join(', ');
  if (instead) return [{ span: wordsSpan(instruction, command), text: list(instead) }];
  if (add) return [{ span: { start: last.span.end, end: last.span.end }, text: `, ${list(add)}` }];
  const index = without ? json.findIndex(({ text }, at) => at > 0 && without.test(text)) : -1;
  const word = json[index];
  const before = json[index - 1];
  return word && before ? [{ span: { start: before.span.end, end: word.span.end }, text: '' }] : [];
}
