import type { InstructionFacts } from '../../facts/index.js';
import type { ShellCommand, ShellItem } from '../../shell/index.js';

/** Programs that a script asks with before it does something. */
const ASKS = /^(?:\[|\[\[|test|command|which|type|hash|id|getent|grep|false|!)$/;

/** A plain command whose success says nothing about the image. */
const isStep = ({ nodes: [node, ...others], negated, background }: ShellItem): boolean =>
  node?.kind === 'command' && others.length === 0 && !negated && !background && !ASKS.test(node.command.base);

const setsErrexit = ({ nodes: [node] }: ShellItem): boolean =>
  node?.kind === 'command' &&
  node.command.base === 'set' &&
  node.command.args.some(({ value }) => /^-[a-z]*e[a-z]*$|^errexit$/.test(value));

/**
 * Whether a command certainly runs when its RUN does, and the RUN fails with it: nothing asks first, and nothing takes
 * care of its failure.
 */
export function stopsRun({ script, shell }: InstructionFacts, command: ShellCommand): boolean {
  const { item, top, via } = command;
  if (!script || script.errors.length > 0 || !top || !item || (via !== undefined && via !== 'sudo')) return false;
  const { items } = script.list;
  const index = items.indexOf(item);
  if (index < 0 || !isStep(item)) return false;
  for (let at = index; at > 0; at--) {
    const operator = items[at]?.operator;
    if (operator === '||') return false;
    if (operator !== '&&') break;
    const before = items[at - 1];
    if (!before || !isStep(before)) return false;
  }
  let end = index + 1;
  while (items[end]?.operator === '&&') end++;
  if (items[end]?.operator === '||') return false;
  if (end === items.length) return true;
  // `set -e` does not look at a command that is followed by `&&`.
  return end === index + 1 && (shell.errexit || items.slice(0, index).some(setsErrexit));
}
