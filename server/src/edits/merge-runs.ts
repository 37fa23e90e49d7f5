import type { Instruction, Placed } from '../dockerfile/index.js';
import type { FileFacts } from '../facts/index.js';
import { endsWithRun } from '../facts/run-lifetime.js';
import { sortedFlags } from '../facts/sorted-flags.js';
import { changesShell, type ShellScript, scriptOf } from '../shell/index.js';
import type { FixEdit, RuleFix } from './fix.js';
import { type ListStyle, listStyle } from './words.js';

const PRAGMA = /^(?:hadolint\s+ignore|dockwright\s+ignore|check\s*=|trivy:ignore|shellcheck\s)/;

const hasPragma = (placed: Placed): boolean =>
  placed.leading.some(comment => PRAGMA.test(comment.text)) ||
  placed.instruction.comments.some(comment => PRAGMA.test(comment.text));

/** How a script can be in an && list: as it is, inside braces, or not at all. */
type Part = 'plain' | 'braces' | 'no';

function partOf(instruction: Instruction, script: ShellScript): Part {
  // A comment or a separator after the last command would swallow, or be followed by, what is appended.
  const end = script.list.items.at(-1)?.span.end;
  if (end === undefined || instruction.text.slice(end, instruction.argumentsSpan.end).trim() !== '') return 'no';
  if (script.errors.length > 0 || script.form !== 'shell' || script.list.items.length === 0) return 'no';
  let part: Part = 'plain';
  for (const item of script.list.items) {
    if (item.background || item.operator === '&') return 'no';
    if (item.negated) part = 'braces';
    if (item.operator === '||' || item.operator === ';' || item.operator === '\n') part = 'braces';
    for (const node of item.nodes) if (node.kind === 'function' || node.kind === 'other') return 'no';
  }
  if (/[;&\\]\s*$/.test(script.source.text)) return 'no';
  for (const command of script.commands) {
    if (!isInOwnShell(command.top, script, command.span.start) && changesShell(command)) return 'no';
  }
  return part;
}

// Commands in a subshell or substitution cannot change the shell around them.
function isInOwnShell(top: boolean, script: ShellScript, start: number): boolean {
  if (top) return false;
  return script.list.items.some(item =>
    item.nodes.some(node => node.kind === 'subshell' && node.span.start <= start && start < node.span.end),
  );
}

/**
 * Merges the RUN `second` into the RUN `first` right before it; undefined when that could change what either does.
 * The rules are those of the shell: see docs/decisions/merge-run.md. `style` joins them; by default that of the two.
 */
export function mergeRuns(facts: FileFacts, first: Placed, second: Placed, style?: ListStyle): RuleFix | undefined {
  const a = first.instruction;
  const b = second.instruction;
  if (a.keyword !== 'RUN' || b.keyword !== 'RUN' || second.index !== first.index + 1) return undefined;
  if (a.json || b.json || a.heredocs.length > 0 || b.heredocs.length > 0) return undefined;
  if (sortedFlags(a) !== sortedFlags(b) || hasPragma(first) || hasPragma(second)) return undefined;
  const shell = facts.at(first).shell;
  if (shell.kind !== 'posix' || shell !== facts.at(second).shell) return undefined;
  const scriptA = scriptOf(a);
  const scriptB = scriptOf(b);
  if (!scriptA || !scriptB) return undefined;
  const partA = partOf(a, scriptA);
  const partB = partOf(b, scriptB);
  if (partA === 'no' || partB === 'no') return undefined;
  // `-e` changes what a list does inside an && list (POSIX, set -e), so scripts that rely on it stay apart.
  if (shell.errexit) return undefined;
  if (endsWithRun(facts.at(first)) || endsWithRun(facts.at(second))) return undefined;
  if (b.emptyLines.length > 0 || a.emptyLines.length > 0) return undefined;
  // The comment would go with the keyword.
  if (b.comments.some(({ start }) => start < b.argumentsSpan.start)) return undefined;
  const braces = partA === 'braces' || partB === 'braces';
  return {
    title: braces ? 'Merge with the RUN above (braces keep each part’s meaning)' : 'Merge with the RUN above',
    safety: braces ? 'review' : 'safe',
    edits: mergeEdits(facts.dockerfile.text, first, second, partA, partB, style ?? styleOf([first, second])),
    effect: { removes: ['RUN'] },
  };
}

/** How several RUNs are joined: as the first of them that has a list of several lines, else as one that goes over lines. */
export function styleOf(runs: readonly Placed[]): ListStyle {
  const styles = runs.map(({ instruction }) => listStyle(instruction));
  const escape = runs[0]?.instruction.escape ?? '\\';
  const fallback = { joiner: ` ${escape}\n    && `, multiline: true };
  return styles.find(style => style.shown) ?? styles.find(style => style.multiline) ?? fallback;
}

function mergeEdits(
  text: string,
  first: Placed,
  second: Placed,
  partA: Part,
  partB: Part,
  { joiner }: ListStyle,
): FixEdit[] {
  const a = first.instruction;
  const b = second.instruction;
  const line = joiner.indexOf('\n');
  const edits: FixEdit[] = [];
  const open = a.argumentsSpan.start;
  if (partA === 'braces') edits.push({ at: first, span: { start: open, end: open }, text: '{ ' });
  const endA = a.argumentsSpan.end;
  edits.push({
    at: first,
    span: { start: endA, end: a.text.length },
    text: (partA === 'braces' ? '; }' : '') + joiner.slice(0, line),
  });
  // Blank lines between the two would become empty continuation lines; comments may stay.
  for (const blank of blankLines(text, first.start + a.text.length, second.start))
    edits.push({ at: first, span: { start: blank.start - first.start, end: blank.end - first.start }, text: '' });
  let lineStart = second.start;
  while (lineStart > 0 && (text[lineStart - 1] === ' ' || text[lineStart - 1] === '\t')) lineStart--;
  edits.push({
    at: second,
    span: { start: lineStart - second.start, end: b.argumentsSpan.start },
    text: joiner.slice(line + 1) + (partB === 'braces' ? '{ ' : ''),
  });
  if (partB === 'braces')
    edits.push({ at: second, span: { start: b.argumentsSpan.end, end: b.argumentsSpan.end }, text: '; }' });
  return edits;
}

function blankLines(text: string, from: number, to: number): { start: number; end: number }[] {
  const spaces: { start: number; end: number }[] = [];
  let at = text.indexOf('\n', from) + 1;
  while (at > 0 && at < to) {
    const newline = text.indexOf('\n', at);
    const next = newline < 0 ? text.length : newline + 1;
    if (next <= to && text.slice(at, next).trim() === '') spaces.push({ start: at, end: next });
    at = next;
  }
  return spaces;
}

/** Merges of neighbouring RUNs, each of them safe, as one fix in one style. */
export function mergedTogether(
  facts: FileFacts,
  pairs: readonly (readonly [Placed, Placed])[],
): Pick<RuleFix, 'title' | 'edits' | 'effect'> {
  const style = styleOf([...new Set(pairs.flat())]);
  const merges = pairs.flatMap(([first, second]) => mergeRuns(facts, first, second, style) ?? []);
  return {
    title: `Merge these ${merges.length + 1} RUNs`,
    edits: merges.flatMap(merge => merge.edits),
    effect: { removes: merges.map(() => 'RUN') },
  };
}
