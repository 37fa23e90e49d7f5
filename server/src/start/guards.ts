import type { ShellCommand, ShellItem, ShellList, ShellNode, ShellScript } from '../shell/index.js';

/** A compound command with redirections of its own: `{ echo a; echo b; } > file`. */
interface RedirectedBlock {
  readonly span: Span;
  readonly item: ShellItem;
  readonly redirects: ShellCommand['redirects'];
}

/** What the tests around the commands of a script say of them. */
export interface Guards {
  /** Only root comes to it: `if [ "$(id -u)" = 0 ]; then …`. */
  isForRoot(command: Pick<ShellCommand, 'span'>): boolean;
  /** The script goes on when it fails: `… || true`, and what a condition tries. */
  isTolerated(command: Pick<ShellCommand, 'span' | 'item'>): boolean;
  /** The test by which the script ends for everybody but root. */
  readonly wantsRoot: string | undefined;
  /** The script chooses between programs by its first argument. */
  readonly hasRoles: boolean;
  readonly functions: ReadonlySet<string>;
  readonly redirectedBlocks: readonly RedirectedBlock[];
}

interface Span {
  readonly start: number;
  readonly end: number;
}

const WHO = String.raw`(?:\$\(\s*id -u\s*\)|\`id -u\`|\$\{?E?UID\}?|\$\(\s*whoami\s*\)|\$\{?USER\}?)`;
const IS_ROOT = new RegExp(
  String.raw`"?${WHO}"?\s*(?:==?|-eq)\s*["']?(?:0|root)\b|["']?(?:0|root)["']?\s*(?:==?|-eq)\s*"?${WHO}`,
);
const IS_OTHER = new RegExp(
  String.raw`"?${WHO}"?\s*(?:!=|-ne|-gt)\s*["']?(?:0|root)\b|["']?(?:0|root)["']?\s*(?:!=|-ne)\s*"?${WHO}`,
);

/** What a condition says of who runs the script; undefined when it says nothing of that. */
function asks(text: string): 'root' | 'other' | undefined {
  const isNegated = /^\s*!/.test(text);
  if (IS_ROOT.test(text)) return isNegated ? 'other' : 'root';
  if (IS_OTHER.test(text)) return isNegated ? 'root' : 'other';
  return undefined;
}

/** Patterns of a `case "$1"` that are the name of something, not an option or everything else. */
const ROLE = /(?:^| )[a-z][\w-]*(?:\|[\w-]+)*\)/g;

export function guardsOf(script: ShellScript): Guards {
  const forRoot: Span[] = [];
  const tolerated = new Set<ShellItem>();
  const tried: Span[] = [];
  const functions = new Set<string>();
  const redirectedBlocks: RedirectedBlock[] = [];
  let wantsRoot: string | undefined;
  let hasRoles = false;
  const textOf = (span: Span): string => script.source.text.slice(span.start, span.end);
  const spanOf = ({ items }: ShellList): Span => ({
    start: items[0]?.span.start ?? 0,
    end: items.at(-1)?.span.end ?? 0,
  });
  const ends = (text: string): boolean => /\bexit\s+[1-9]|\breturn\s+[1-9]|\bexec\s+sudo\b/.test(text);

  const readList = (list: ShellList): void => {
    const { items } = list;
    for (const [index, item] of items.entries()) {
      const next = items[index + 1];
      if (next?.operator === '||' && !ends(textOf(next.span))) tolerated.add(item);
      const who = next && asks(textOf(item.span));
      if (next && who !== undefined) {
        const isFor = (who === 'root') === (next.operator === '&&');
        if (next.operator === '&&' || next.operator === '||') {
          if (isFor) for (const one of chain(items, index + 1)) forRoot.push(one.span);
          else if (ends(textOf(next.span))) wantsRoot ??= textOf(item.span);
        }
      }
      for (const node of item.nodes) readNode(node, item);
    }
  };
  const readNode = (node: ShellNode, item: ShellItem): void => {
    if (node.kind === 'command') return;
    if (node.redirects.length > 0) redirectedBlocks.push({ span: node.span, item, redirects: node.redirects });
    if (node.kind === 'function') functions.add(node.head.split(' ')[0] ?? '');
    if (node.kind === 'case' && /^"?\$\{?1\b/.test(node.head) && (node.head.match(ROLE)?.length ?? 0) > 1)
      hasRoles = true;
    if (node.kind === 'while' && node.lists[0]) tried.push(spanOf(node.lists[0]));
    if (node.kind === 'if') {
      for (let index = 0; index + 1 < node.lists.length; index += 2) {
        const [clause, then] = [node.lists[index], node.lists[index + 1]];
        if (!clause || !then) break;
        const condition = spanOf(clause);
        tried.push(condition);
        const who = asks(textOf(condition));
        if (who === 'root') forRoot.push(spanOf(then));
        else if (who === 'other' && ends(textOf(spanOf(then)))) wantsRoot ??= textOf(condition);
      }
    }
    for (const list of node.lists) readList(list);
  };
  readList(script.list);
  const isIn = (spans: readonly Span[], { span }: Pick<ShellCommand, 'span'>): boolean =>
    spans.some(({ start, end }) => span.start >= start && span.end <= end);
  return {
    isForRoot: command => isIn(forRoot, command),
    isTolerated: command => (command.item !== undefined && tolerated.has(command.item)) || isIn(tried, command),
    wantsRoot,
    hasRoles,
    functions,
    redirectedBlocks,
  };
}

/** The items from `index` on that are joined to it by `&&`. */
function chain(items: readonly ShellItem[], index: number): readonly ShellItem[] {
  let end = index + 1;
  while (items[end]?.operator === '&&') end++;
  return items.slice(index, end);
}
