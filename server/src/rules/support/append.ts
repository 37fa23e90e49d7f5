import type { Instruction } from '../../dockerfile/index.js';
import type { ShellInForce } from '../../facts/index.js';
import type { ShellCommand, ShellItem, ShellScript } from '../../shell/index.js';
import type { FixEdit } from '../rule.js';
import { insert, listStyle } from './edits.js';

/** Pipelines joined by && and ||; a script is a sequence of such lists. */
type AndOrList = readonly [ShellItem, ...ShellItem[]];

function andOrLists(script: ShellScript): AndOrList[] {
  const lists: [ShellItem, ...ShellItem[]][] = [];
  for (const item of script.list.items) {
    const last = lists.at(-1);
    if (last && (item.operator === '&&' || item.operator === '||')) last.push(item);
    else lists.push([item]);
  }
  return lists;
}

const contains = (item: ShellItem, command: ShellCommand): boolean =>
  item.span.start <= command.span.start && command.span.end <= item.span.end;

/** `set -e`, in any spelling, anywhere before the given offset. */
export function stopsOnError(script: ShellScript, shell: ShellInForce, before: number): boolean {
  if (shell.errexit) return true;
  return script.commands.some(({ base, args, top, span }) => {
    if (base !== 'set' || !top || span.start >= before) return false;
    return args.some(
      (word, index) => /^-[a-z]*e/.test(word.value) || (word.value === 'errexit' && args[index - 1]?.value === '-o'),
    );
  });
}

/**
 * Makes a further command run after the list that holds `command`, in the script's own style; undefined where that could
 * change whether the RUN fails, or would have to be written inside quotes.
 *
 * `a && b` becomes `a && b && text`: it still fails when `a` or `b` does. After `set -e` a statement of its own is right
 * instead, since `-e` ignores a command that fails left of && (POSIX, set).
 */
export function appendCommand(
  instruction: Instruction,
  script: ShellScript,
  shell: ShellInForce,
  command: ShellCommand,
  text: string,
  layout: Layout = 'inline',
): FixEdit | undefined {
  if (!command.editable || script.errors.length > 0 || script.form === 'exec') return undefined;
  // The bodies of `RUN cat <<EOF` stand behind the line; its end is not the end of the text.
  if (script.form === 'shell' && instruction.heredocs.length > 0) return undefined;
  const lists = andOrLists(script);
  const own = lists.findIndex(list => list.some(item => contains(item, command)));
  const errexit = stopsOnError(script, shell, command.span.start);
  const target = errexit ? lists.at(-1) : lists[own];
  const last = target?.at(-1);
  if (own < 0 || !target || !last || last.background || last.operator === '||') return undefined;
  if (last.nodes.some(node => node.kind === 'function' || node.kind === 'other')) return undefined;
  const run = command.via === 'sudo' || command.via === 'doas' ? `${command.via} ${text}` : text;
  const isLast = target === lists.at(-1);
  // In these places a statement of its own hides no failure: -e stops before it, or nobody asked for the status.
  const separate = errexit ? target.length === 1 && !last.negated : script.form === 'heredoc' && !isLast;
  const { end } = last.span;
  if (!separate) return last.negated ? undefined : insert(end, joiner(instruction, script, run.length, layout) + run);
  if (script.form === 'heredoc') return insert(end, `\n${indentation(instruction.text, target[0].span.start)}${run}`);
  return insert(end, `${statementJoiner(instruction, target[0].span.start)}${run}`);
}

/** How to go on behind a single command, which has no style yet. A list that stands on one line stays there either way. */
export type Layout = 'inline' | 'own line';

/** A line that grows longer than this is broken instead. */
const LONG_LINE = 100;

function joiner(instruction: Instruction, script: ShellScript, added: number, layout: Layout): string {
  if (script.form === 'heredoc') return ' && ';
  const style = listStyle(instruction);
  if (style.multiline) return style.joiner;
  const fits = layout === 'inline' || script.list.items.length > 1;
  return fits && instruction.text.length + added <= LONG_LINE ? style.joiner : ` ${instruction.escape}\n    && `;
}

function indentation(text: string, at: number): string {
  const line = text.lastIndexOf('\n', at - 1) + 1;
  return /^[ \t]*/.exec(text.slice(line, at))?.[0] ?? '';
}

/** `; \` and a new line where the script has its statements on lines of their own. */
function statementJoiner(instruction: Instruction, start: number): string {
  const { text, escape } = instruction;
  const at = escape === '`' ? '`' : '\\\\';
  const broken = new RegExp(`;[ \\t]*${at}[ \\t]*\\r?\\n([ \\t]*)`).exec(text);
  if (!broken) return '; ';
  const line = text.lastIndexOf('\n', start - 1) + 1;
  return `; ${escape}\n${line > 0 ? indentation(text, start) : (broken[1] ?? '')}`;
}
