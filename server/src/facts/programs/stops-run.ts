import { perScript, type ShellCommand, type ShellItem, type ShellScript } from '../../shell/index.js';
import { setsErrexit } from '../../shell/options.js';
import type { InstructionFacts } from '../index.js';
import { asksFirst } from './unconditional.js';

/** A plain command whose success says nothing about the image. */
const isStep = (item: ShellItem): boolean => item.nodes.length === 1 && !item.background && !asksFirst(item);

const isErrexit = ({ nodes: [node] }: ShellItem): boolean => node?.kind === 'command' && setsErrexit(node.command);

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
    ends ||= chain.some(isErrexit);
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
