import type { Instruction } from '../dockerfile/index.js';
import type { ShellCommand, ShellItem, ShellNode, ShellScript } from '../shell/index.js';
import type { Span } from '../text/span.js';

/**
 * A command of a list as it is in its instruction, its lines kept: each break between words becomes `lineEnd` and a new line
 * with the indentation that it had relative to the command, after `indent`. Breaks inside a word are gone for the shell too.
 */
export function itemText(
  instruction: Pick<Instruction, 'text' | 'escape'>,
  script: ShellScript,
  { span }: ShellItem,
  { lineEnd, indent }: { readonly lineEnd: string; readonly indent: string },
): string {
  const { text, escape } = instruction;
  const raw = text.slice(span.start, span.end);
  const at = escape === '`' ? '`' : '\\\\';
  const breaks = [
    ...raw.matchAll(new RegExp(`[ \\t]*(?:${at}[ \\t]*)?\\r?\\n(?:[ \\t]*(?:${at}[ \\t]*)?\\r?\\n)*([ \\t]*)`, 'g')),
  ];
  if (breaks.length === 0) return raw;
  const words = script.commands.flatMap(wordSpans);
  const dedent = dedented(
    text,
    span,
    breaks.map(found => found[1] ?? ''),
  );
  let result = '';
  let from = 0;
  for (const found of breaks) {
    const start = span.start + found.index;
    const end = start + found[0].length;
    result += raw.slice(from, found.index);
    from = found.index + found[0].length;
    result += words.some(word => word.start < end && start < word.end)
      ? found[0].replace(new RegExp(`(?:${at})[ \\t]*\\r?\\n`, 'g'), '')
      : `${lineEnd}\n${indent}${dedent(found[1] ?? '')}`;
  }
  return result + raw.slice(from);
}

const wordSpans = ({ name, args, assignments, redirects }: ShellCommand): readonly Span[] =>
  [...(name ? [name] : []), ...args, ...assignments, ...redirects].map(({ span }) => span);

/** Takes the indentation of the command away from that of its further lines. */
function dedented(text: string, { start }: Span, indents: readonly string[]): (indent: string) => string {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const [own = ''] = /^[ \t]*/.exec(line) ?? [];
  // Words that are aligned with those of the first line stay so.
  const aligned = indents.every(indent => indent.length > line.length && !indent.includes('\t'));
  const cut = aligned ? line.length : indents.every(indent => indent.startsWith(own)) ? own.length : 0;
  const unit = own.includes('\t') ? '\t' : '    ';
  return indent => indent.slice(cut) || unit;
}

/** Something whose failure counts otherwise under `set -e` than in an && list, because it is not a single command. */
const READS_SCRIPT = /^(?:\.|source|eval)$/;

/**
 * Whether a part of a script fails in the same cases in an && list and as a statement under `set -e`: there each command
 * inside a compound one stops the script, and none does on the left of && (POSIX, set).
 */
export function isAlike(item: ShellItem, script: ShellScript): boolean {
  if (item.background || item.negated || !item.nodes.every(isAlikeNode)) return false;
  return script.commands.every(
    command =>
      command.span.start < item.span.start ||
      command.span.end > item.span.end ||
      (!READS_SCRIPT.test(command.base) &&
        command.args.every(({ text }) => !SEQUENCE.test(text)) &&
        command.assignments.every(({ text }) => !SEQUENCE.test(text))),
  );
}

/** A substitution with several statements. */
const SEQUENCE = /(?:\$\(|`)[\s\S]*[;\n]/;

function isAlikeNode(node: ShellNode): boolean {
  if (node.kind === 'command' || node.kind === 'test') return true;
  const single = node.lists.every(list => list.items.every(item => !item.background && item.nodes.every(isAlikeNode)));
  switch (node.kind) {
    case 'subshell':
      return (
        single && node.lists.every(list => list.items.every(item => item.operator === '' || item.operator === '&&'))
      );
    case 'group':
      return single && node.lists.every(list => list.items.length === 1);
    default:
      return false;
  }
}
