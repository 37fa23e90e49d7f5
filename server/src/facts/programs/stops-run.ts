import { perScript, type ShellCommand, type ShellItem, type ShellScript } from '../../shell/index.js';
import type { InstructionFacts } from '../index.js';

/** Programs that a script asks with before it does something. */
const ASKS = /^(?:\[|\[\[|test|command|which|type|hash|id|getent|grep|false|!)$/;

/** A plain command whose success says nothing about the image. */
const isStep = ({ nodes: [node, ...others], negated, background }: ShellItem): boolean =>
  node?.kind === 'command' && others.length === 0 && !negated && !background && !ASKS.test(node.command.base);

const setsErrexit = ({ nodes: [node] }: ShellItem): boolean =>
  node?.kind === 'command' &&
  node.command.base === 'set' &&
  node.command.args.some(({ value }) => /^-[a-z]*e[a-z]*$|^errexit$/.test(value));

/** The items of a script that certainly run when it does, and end it with their failure. */
function stoppingItems({ list: { items } }: ShellScript, errexit: boolean): ReadonlySet<ShellItem> {
  const found = new Set<ShellItem>();
  let ends = errexit;
  for (let start = 0, end = 0; start < items.length; start = end) {
    // What && and || join is one chain; with ||, something takes care of a failure.
    for (end = start + 1; /^(?:&&|\|\|)$/.test(items[end]?.operator ?? ''); ) end++;
    const chain = items.slice(start, end);
    const steps = chain.findIndex(item => !isStep(item));
    const sure = chain.some(({ operator }, index) => index > 0 && operator === '||')
      ? []
      : chain.slice(0, steps < 0 ? undefined : steps);
    // `set -e` does not look at a command that is followed by `&&`.
    if (end === items.length) for (const item of sure) found.add(item);
    else if (ends && steps < 0) for (const item of sure.slice(-1)) found.add(item);
    ends ||= chain.some(setsErrexit);
  }
  return found;
}

const withErrexit = perScript(script => stoppingItems(script, true));
const withoutErrexit = perScript(script => stoppingItems(script, false));

/**
 * Whether a command certainly runs when its RUN does, and the RUN fails with it: nothing asks first, and nothing takes
 * care of its failure.
 */
export function stopsRun({ script, shell }: InstructionFacts, { item, top, via }: ShellCommand): boolean {
  if (!script || script.errors.length > 0 || !top || !item || (via !== undefined && via !== 'sudo')) return false;
  return (shell.errexit ? withErrexit : withoutErrexit)(script).has(item);
}
