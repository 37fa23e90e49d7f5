import type { Placed } from '../dockerfile/index.js';
import type { LintResult } from '../engine/result.js';
import { isFrontendBefore } from '../facts/frontend.js';
import type { RuleFix } from '../rules/rule.js';
import { type ShellCommand, type ShellScript, scriptOf } from '../shell/index.js';
import { isAlike, itemText } from './item-layout.js';

const OPTIONS = /^-[a-z]+$/;

/** `set -e`, whatever else it sets. */
const stopsOnError = (command: ShellCommand | undefined): boolean =>
  command?.base === 'set' && command.args.some(({ value }) => OPTIONS.test(value) && value.includes('e'));

/** Turns it off again, or says so in a way that is not read here. */
const goesOnAfterError = (script: ShellScript): boolean =>
  script.commands.some(({ base, args }) => base === 'set' && args.some(({ value }) => /^\+|errexit/.test(value)));

/** `RUN a && b` as a heredoc that stops at the first failure, as the list does. */
export function toHeredoc(result: LintResult, placed: Placed): RuleFix | undefined {
  const { instruction } = placed;
  const script = scriptOf(instruction);
  if (script?.form !== 'shell' || instruction.heredocs.length > 0 || script.errors.length > 0) return undefined;
  if (result.facts.at(placed).shell.kind !== 'posix' || isFrontendBefore(result.dockerfile, 4)) return undefined;
  const { items } = script.list;
  if (items.length < 2 || items.some((item, index) => index > 0 && item.operator !== '&&')) return undefined;
  if (!items.every(item => isAlike(item, script)) || goesOnAfterError(script)) return undefined;
  // Only where the last command ends is the end: not at a comment of the shell, or a `;`.
  if (items.at(-1)?.span.end !== instruction.argumentsSpan.end) return undefined;
  if (instruction.comments.length > 0 || script.source.text.includes('EOF')) return undefined;
  const [first] = items[0]?.nodes ?? [];
  const lines = items.map(item => itemText(instruction, script, item, { lineEnd: ' \\', indent: '' }));
  const strict = stopsOnError(first?.kind === 'command' ? first.command : undefined);
  return {
    title: 'Convert to a heredoc',
    safety: 'manual',
    edits: [
      {
        // Spaces after the last command would be after the end of the heredoc, which then would not be one.
        span: { start: instruction.argumentsSpan.start, end: instruction.text.length },
        text: ["<<'EOF'", ...(strict ? [] : ['set -e']), ...lines, 'EOF'].join('\n'),
      },
    ],
    effect: { commands: true },
  };
}

/** A heredoc of plain commands under `set -e` as an && list. */
export function fromHeredoc(result: LintResult, placed: Placed): RuleFix | undefined {
  const { instruction } = placed;
  const { escape, text } = instruction;
  const script = scriptOf(instruction);
  if (script?.form !== 'heredoc' || script.interpreter !== undefined || script.errors.length > 0) return undefined;
  if (result.facts.at(placed).shell.kind !== 'posix' || /#|<</.test(script.source.text)) return undefined;
  const { items } = script.list;
  const [lead] = items[0]?.nodes ?? [];
  const set = lead?.kind === 'command' && items[0]?.nodes.length === 1 ? lead.command : undefined;
  if (!set || !stopsOnError(set) || goesOnAfterError(script)) return undefined;
  const isOnlyStop = set.args.length === 1 && set.args[0]?.value === '-e' && set.redirects.length === 0;
  const commands = isOnlyStop ? items.slice(1) : items;
  if (commands.length === 0) return undefined;
  // `a && b` does not stop the script when a fails, but where nothing follows it.
  const last = items.findLastIndex(({ operator }) => operator !== '&&');
  const isPlain = items.every(
    (item, index) =>
      isAlike(item, script) &&
      item.operator !== '||' &&
      (item.operator !== '&&' || index > last) &&
      item.nodes.every(node => node.kind === 'command'),
  );
  if (!isPlain || hasBrokenWord(script, text)) return undefined;
  const flags = text.slice(0, instruction.argumentsSpan.start).trimEnd();
  const flagIndent = /\n([ \t]*)[^\n]*$/.exec(flags)?.[1];
  const indent = flagIndent ?? '    ';
  const texts = commands.map(item => itemText({ text, escape: '\\' }, script, item, { lineEnd: ` ${escape}`, indent }));
  return {
    title: 'Convert to an && list',
    safety: 'manual',
    edits: [
      {
        span: { start: flags.length, end: text.length },
        text: (flagIndent === undefined ? ' ' : ` ${escape}\n${indent}`) + texts.join(` ${escape}\n${indent}&& `),
      },
    ],
    effect: { commands: true },
  };
}

/** A word with a line ending in it cannot be written on continuation lines. */
const hasBrokenWord = ({ commands }: ShellScript, text: string): boolean =>
  commands.some(({ name, args, assignments, redirects }) =>
    [...(name ? [name] : []), ...args, ...assignments, ...redirects].some(({ span }) =>
      text.slice(span.start, span.end).includes('\n'),
    ),
  );
