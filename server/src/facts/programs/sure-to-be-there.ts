import type { ShellList, ShellNode, ShellScript } from '../../shell/index.js';
import type { InstructionFacts } from '../index.js';

/**
 * Whether a program is there for a command appended to the end of a script: the image has it, or the script cannot get there
 * without having called it. `if … yarn install … else npm ci …` may well be for an image that has only one of the two.
 */
export function isSureToBeThere({ script, image }: InstructionFacts, program: string): boolean {
  return image.hasCommand(program) === true || (script !== undefined && isCalled(script, script.list, program, true));
}

/** `succeeds`: what comes after the list runs only when it has succeeded. */
function isCalled(script: ShellScript, { items }: ShellList, program: string, succeeds: boolean): boolean {
  const last = items.findLastIndex(({ operator }) => operator !== '&&' && operator !== '||');
  return items.some((item, index) => {
    const isFirst = item.operator !== '&&' && item.operator !== '||';
    const isLast = succeeds && index >= last && !items.slice(index + 1).some(({ operator }) => operator === '||');
    if (item.operator === '||' || (!isFirst && !isLast)) return false;
    return item.nodes.some(node => isCalledIn(script, node, program, isLast));
  });
}

function isCalledIn(script: ShellScript, node: ShellNode, program: string, succeeds: boolean): boolean {
  const { kind, span } = node;
  if (kind === 'command')
    return script.commands.some(
      command => command.base === program && command.span.start >= span.start && command.span.end <= span.end,
    );
  if (kind !== 'subshell' && kind !== 'group') return false;
  return node.lists.some(list => isCalled(script, list, program, succeeds));
}
