import { perScript, type ShellItem, type ShellScript } from '../../shell/index.js';

/** Programs that a script asks with before it does something. */
const ASKS = /^(?:\[|\[\[|test|command|which|type|hash|id|getent|grep|false|!)$/;
/** What a script does about a failure without another way to the same end. */
const GIVES_UP = /^(?:exit|false|return|echo|kill)$/;

/** Whether what follows with `&&` depends on what the script finds out here. */
export const asksFirst = ({ nodes: [node], negated }: ShellItem): boolean =>
  negated || node?.kind !== 'command' || ASKS.test(node.command.base);

function givesUp(item: ShellItem | undefined): boolean {
  const [node] = item?.nodes ?? [];
  return node?.kind === 'command' && GIVES_UP.test(node.command.base);
}

/** The items of a script that run whatever the ones before them have found out, and whose failure nothing takes care of. */
export const unconditionalItems = perScript(({ list: { items } }: ShellScript): ReadonlySet<ShellItem> => {
  const found = new Set<ShellItem>();
  let isAsked = false;
  for (const [index, item] of items.entries()) {
    const before = items[index - 1];
    const next = items[index + 1];
    isAsked = item.operator === '&&' && before !== undefined && (isAsked || asksFirst(before));
    const isCaught = next?.operator === '||' && !givesUp(next);
    if (!isAsked && !item.negated && item.operator !== '||' && !isCaught) found.add(item);
  }
  return found;
});
