import type { Instruction } from '../dockerfile/index.js';
import type { ShellCommand, ShellScript } from '../shell/index.js';
import type { FixEdit } from './fix.js';

/**
 * Takes a command out of its list together with what joins it to its neighbour; undefined where a comment would go with
 * it, where it is the only command, or where the list is more than a plain sequence.
 */
export function dropCommand(instruction: Instruction, script: ShellScript, command: ShellCommand): FixEdit | undefined {
  const { items } = script.list;
  const index = command.item ? items.indexOf(command.item) : -1;
  const item = items[index];
  if (!item || !command.editable || !command.top || item.nodes.length !== 1 || item.background || item.negated)
    return undefined;
  const before = items[index - 1];
  const after = items[index + 1];
  const joins = [before && item.operator, after?.operator].filter(operator => operator !== undefined);
  if (
    joins.length === 0 ||
    joins.some(operator => operator !== joins[0]) ||
    !['&&', ';', '\n'].includes(joins[0] ?? '')
  )
    return undefined;
  const span = before
    ? { start: before.span.end, end: item.span.end }
    : { start: item.span.start, end: after?.span.start ?? item.span.end };
  return /(?:^|\n)[ \t]*#/.test(instruction.text.slice(span.start, span.end)) ? undefined : { span, text: '' };
}
