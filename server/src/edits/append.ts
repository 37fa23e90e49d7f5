import type { Instruction } from '../dockerfile/index.js';
import { packageActionsOf, type ShellInForce } from '../facts/index.js';
import type { ShellCommand, ShellItem, ShellNode, ShellScript } from '../shell/index.js';
import type { FixEdit } from './fix.js';
import { NAMED_PACKAGES } from './recommended.js';
import { insert, listStyle } from './words.js';

/** Pipelines joined by && and ||; a script is a sequence of such lists. */
type AndOrList = readonly [ShellItem, ...ShellItem[]];

function andOrLists(items: readonly ShellItem[]): AndOrList[] {
  const lists: [ShellItem, ...ShellItem[]][] = [];
  for (const item of items) {
    const last = lists.at(-1);
    if (last && (item.operator === '&&' || item.operator === '||')) last.push(item);
    else lists.push([item]);
  }
  return lists;
}

/** The clean-ups that fixes append, in the order in which they are, whichever of them came first. */
const ORDER = [
  /^yarn cache clean$/,
  /^npm cache clean --force$/,
  /^\w+ clean (?:--)?all$/,
  /^rm -rf \/var\/(?:cache|lib)\/[\w/]+\/\*$/,
] as const;

const rank = (text: string): number => ORDER.findIndex(pattern => pattern.test(text));

const textOf = ({ name, args }: ShellCommand): string =>
  [name, ...args]
    .map(word => word?.text ?? '')
    .join(' ')
    .replace(/^sudo /, '');

/** What a script does before the clean-ups at its end that belong after the given one. */
function beforeLaterCleanUps(items: readonly ShellItem[], text: string): readonly ShellItem[] {
  const own = rank(text);
  let end = items.length;
  while (own >= 0 && end > 1) {
    const item = items[end - 1];
    const [node] = item?.nodes ?? [];
    if (item?.nodes.length !== 1 || node?.kind !== 'command' || item.background || item.negated) break;
    if (item.operator !== '&&' && item.operator !== ';' && item.operator !== '\n') break;
    if (node.command.redirects.length > 0 || rank(textOf(node.command)) <= own) break;
    end--;
  }
  return items.slice(0, end);
}

const contains = (item: ShellItem, command: ShellCommand): boolean =>
  item.span.start <= command.span.start && command.span.end <= item.span.end;

/** `set -e`, in any spelling, before the given offset, and never `set +e`. */
function stopsOnError(script: ShellScript, shell: ShellInForce, before: number): boolean {
  const sets = script.commands.filter(command => command.base === 'set');
  const switches = (sign: string, args: ShellCommand['args']): boolean =>
    args.some((word, index) => {
      if (word.value.startsWith(sign) && /^.[a-z]*e/.test(word.value)) return true;
      return word.value === 'errexit' && args[index - 1]?.value === `${sign}o`;
    });
  if (sets.some(({ args }) => switches('+', args))) return false;
  return shell.errexit || sets.some(({ args, top, span }) => top && span.start < before && switches('-', args));
}

/**
 * Makes a further command run at the end of the script that holds `command`, in the script's own style; undefined where
 * that could change whether the RUN fails, or would have to be written inside quotes.
 *
 * `a && b` and `a; b` become `a && b && text` and `a; b && text`: they still fail when they did. After `set -e` a
 * statement of its own is as good, and reads better after others.
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
  // The bodies of `RUN cat <<EOF` are after the line; its end is not the end of the text.
  if (script.form === 'shell' && instruction.heredocs.length > 0) return undefined;
  const lists = andOrLists(beforeLaterCleanUps(script.list.items, text));
  const last = lists.at(-1)?.at(-1);
  if (!last || !lists.some(list => list.some(item => contains(item, command)))) return undefined;
  if (last.background || last.operator === '||' || last.negated || endsScript(last)) return undefined;
  const run = command.via === 'sudo' || command.via === 'doas' ? `${command.via} ${text}` : text;
  const { end } = last.span;
  const start = lists.at(-1)?.[0].span.start ?? end;
  if (!stopsOnError(script, shell, end)) return insert(end, joiner(instruction, script, layout) + run);
  const isSimple = last.nodes.every(node => node.kind === 'command');
  if (lists.at(-1)?.length !== 1) return isSimple ? insert(end, joiner(instruction, script, layout) + run) : undefined;
  if (!last.nodes.every(stopsInside)) return undefined;
  const separator =
    script.form === 'heredoc' ? `\n${indentation(instruction.text, start)}` : statementJoiner(instruction, start);
  return insert(end, separator + run);
}

/**
 * Under -e: whatever fails in it ends the script. The left side of && does not (POSIX, set), so a compound command that
 * ends in such a list may fail and yet go on; conditions of `if` and `while` are meant to.
 */
function stopsInside(node: ShellNode): boolean {
  if (node.kind === 'command') return true;
  const { kind, lists } = node;
  const hasElse = lists.length % 2 === 1;
  return lists.every((list, index) => {
    if (kind === 'while' && index === 0) return true;
    if (kind === 'if' && index % 2 === 0 && !(hasElse && index === lists.length - 1)) return true;
    return list.items.every(
      item => item.operator !== '&&' && item.operator !== '||' && !item.negated && item.nodes.every(stopsInside),
    );
  });
}

/** Nothing after it would run, or it cannot be told. */
function endsScript({ nodes }: ShellItem): boolean {
  return nodes.some(node => {
    if (node.kind === 'command') return /^(?:exit|exec|return)$/.test(node.command.base);
    return node.kind === 'function' || node.kind === 'other';
  });
}

/** How to go on after a single command, which has no style yet. A list that is on one line stays there either way. */
export type Layout = 'inline' | 'own line';

/** A RUN that says more than this is broken into lines. With options and clean-ups its line would be about 100 long. */
const LONG_LINE = 64;

/**
 * The characters of what a RUN is about: commands and their operands, without options, clean-ups and whatever else fixes
 * add or take away, so that the layout does not depend on which of them came first.
 */
function substance(script: ShellScript): number {
  let length = 0;
  for (const command of script.commands) {
    if (!command.top || command.via !== undefined || isUpkeep(command)) continue;
    for (const word of [command.name, ...command.args])
      if (word && !word.text.startsWith('-') && !NAMED_PACKAGES.has(word.value)) length += word.text.length + 1;
  }
  return length;
}

function isUpkeep(command: ShellCommand): boolean {
  if (command.base === 'rm' || rank(textOf(command)) >= 0) return true;
  const action = packageActionsOf(command);
  return action !== undefined && action.packages.length === 0 && action.kind !== 'install';
}

function joiner(instruction: Instruction, script: ShellScript, layout: Layout): string {
  if (script.form === 'heredoc') return ' && ';
  const style = listStyle(instruction);
  if (style.multiline) return style.joiner;
  const fits = layout === 'inline' || script.list.items.length > 1;
  return fits && substance(script) <= LONG_LINE ? style.joiner : ` ${instruction.escape}\n    && `;
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
