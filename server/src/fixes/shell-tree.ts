import type { ShellCommand, ShellItem, ShellList, ShellNode, ShellScript } from '../shell/index.js';

/** How far two trees may differ. */
export interface Tolerance {
  /** Names and arguments of commands may be others; operators, nesting, redirections and assignments stay. */
  readonly words: boolean;
  /** A statement may follow the last one after `;` or a new line: under `-e` it runs only after success. */
  readonly statements: boolean;
  /** Whole RUNs, or commands joined with `&&`, may come before the first. */
  readonly prepends: boolean;
}

/** An item whose way of joining the one before has been settled. */
type Entry = Pick<ShellItem, 'operator' | 'background' | 'negated' | 'operators' | 'nodes'>;

/**
 * Compares what RUNs do, positions dropped. Undefined when everything of `before` is in `after`, in its place of the tree,
 * with all its words in order; what is new may be between: further arguments, and further commands joined with `&&`.
 * Otherwise what was changed.
 */
export function changeOf(
  before: readonly ShellScript[],
  after: readonly ShellScript[],
  tolerance: Tolerance,
): string | undefined {
  return embed(layers(before), layers(after), tolerance, tolerance.prepends);
}

/** RUNs one after the other are an && list of groups: the build stops at the first that fails. */
function layers(scripts: readonly ShellScript[]): readonly Entry[] {
  return normalised(
    scripts.map((script, index): Entry => {
      const list: ShellList = script.list;
      const node: ShellNode = {
        kind: script.form === 'exec' ? 'other' : 'group',
        span: { start: 0, end: 0 },
        head: script.form === 'exec' ? script.signature : '',
        lists: script.form === 'exec' ? [] : [list],
        redirects: [],
      };
      return { operator: index === 0 ? '' : '&&', background: false, negated: false, operators: '', nodes: [node] };
    }),
  );
}

/**
 * Takes away braces that group what is grouped without them: `&&` and `||` bind to the left with equal strength, and `;`
 * binds weaker.
 */
function normalised(items: readonly Entry[]): readonly Entry[] {
  return items.flatMap((item, index): readonly Entry[] => {
    const [node] = item.nodes;
    if (item.nodes.length !== 1 || node?.kind !== 'group' || item.background || item.negated || item.operators !== '')
      return [item];
    const [list] = node.lists;
    if (node.redirects.length > 0 || node.lists.length !== 1 || !list) return [item];
    const inner = normalised(list.items);
    const [first, ...rest] = inner;
    if (!first || inner.some(one => one.background)) return [item];
    const isChain = rest.every(one => one.operator === '&&');
    if (index > 0 && !(isChain && item.operator !== '||')) return [item];
    return [{ ...first, operator: item.operator }, ...rest];
  });
}

const weak = (operator: ShellItem['operator']): boolean => operator === ';' || operator === '\n';

const sameOperator = (a: ShellItem['operator'], b: ShellItem['operator']): boolean => a === b || (weak(a) && weak(b));

function embed(
  before: readonly Entry[],
  after: readonly Entry[],
  tolerance: Tolerance,
  prepends: boolean,
): string | undefined {
  let at = 0;
  for (const [index, item] of before.entries()) {
    const start = at;
    let refusal: string | undefined;
    while (at < after.length) {
      const candidate = after[at];
      const change = candidate && changeOfItem(item, candidate, tolerance);
      if (candidate && change === undefined && standsAlike(item, after, start, at, index === 0, prepends)) break;
      refusal ??= change;
      at++;
    }
    if (at === after.length) return refusal ?? `the place of ${nameOf(item)} in its list was changed`;
    at++;
  }
  const added = after.slice(at);
  return added.every(({ operator }) => operator === '&&' || (tolerance.statements && weak(operator)))
    ? undefined
    : 'a command was added that does not depend on those before it';
}

/** Whether `after[at]`, with what was added before it from `start` on, joins its list as `item` did. */
function standsAlike(
  item: Entry,
  after: readonly Entry[],
  start: number,
  at: number,
  isFirst: boolean,
  prepends: boolean,
): boolean {
  const operator = after[at]?.operator ?? '';
  if (at === start) return sameOperator(operator, item.operator);
  const added = after.slice(start, at);
  if (isFirst)
    return prepends && operator === '&&' && added.every((one, index) => index === 0 || one.operator === '&&');
  // After `||` an added command would be part of the condition.
  return (
    item.operator !== '||' &&
    sameOperator(operator, item.operator) &&
    added.every(one => one.operator === '&&' || (weak(item.operator) && weak(one.operator)))
  );
}

function nameOf({ nodes }: Entry): string {
  const [node] = nodes;
  return node?.kind === 'command' ? `“${node.command.name?.text ?? 'assignment'}”` : `a ${node?.kind ?? 'command'}`;
}

function changeOfItem(was: Entry, is: Entry, tolerance: Tolerance): string | undefined {
  if (was.background !== is.background || was.negated !== is.negated || was.operators !== is.operators)
    return `what runs ${nameOf(was)} was changed`;
  if (was.nodes.length !== is.nodes.length) return `the pipeline of ${nameOf(was)} was changed`;
  for (const [index, node] of was.nodes.entries()) {
    const other = is.nodes[index];
    const change = other ? changeOfNode(node, other, tolerance) : 'a command was lost';
    if (change !== undefined) return change;
  }
  return undefined;
}

function changeOfNode(was: ShellNode, is: ShellNode, tolerance: Tolerance): string | undefined {
  if (was.kind === 'command')
    return is.kind === 'command' && keeps(is.command, was.command, tolerance)
      ? undefined
      : `the command “${was.command.name?.text ?? 'assignment'}” was changed or lost`;
  if (is.kind !== was.kind || is.head !== was.head || is.lists.length !== was.lists.length)
    return `a ${was.kind} was changed`;
  if (textsOf(was.redirects) !== textsOf(is.redirects)) return `the redirections of a ${was.kind} were changed`;
  for (const [index, list] of was.lists.entries()) {
    const change = embed(normalised(list.items), normalised(is.lists[index]?.items ?? []), tolerance, false);
    if (change !== undefined) return change;
  }
  return undefined;
}

const textsOf = (parts: readonly { readonly text: string }[]): string => parts.map(part => part.text).join('\0');

function keeps(after: ShellCommand, before: ShellCommand, { words }: Tolerance): boolean {
  if (textsOf(after.assignments) !== textsOf(before.assignments)) return false;
  if (textsOf(after.redirects) !== textsOf(before.redirects)) return false;
  if (words) return true;
  if (after.name?.text !== before.name?.text) return false;
  let at = 0;
  for (const word of after.args) if (word.text === before.args[at]?.text) at++;
  return at === before.args.length;
}
