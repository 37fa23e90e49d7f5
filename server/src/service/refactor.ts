import type { Placed } from '../dockerfile/index.js';
import { lineEnding } from '../engine/lint.js';
import type { Fix, LintResult } from '../engine/types.js';
import type { RuleFix } from '../rules/rule.js';
import { mergedTogether, mergeRuns } from '../rules/support/merge-runs.js';
import { changesShell, scriptOf } from '../shell/index.js';
import { moved, type Span } from '../text/span.js';

/** Rewrites that a person may ask for anywhere, whether or not a rule complains. */
export interface Refactoring extends Fix {
  /** Merging RUNs is a kind of its own, so that a key or the command can ask for it alone. */
  readonly merges: boolean;
}

export function refactorings(result: LintResult, span: Span): Refactoring[] {
  return rewrites(result, span).map(fix => ({ ...fix, merges: fix.title.startsWith('Merge') }));
}

function rewrites(result: LintResult, span: Span): Fix[] {
  const { dockerfile } = result;
  const selected = dockerfile.instructions.filter(
    placed =>
      placed.instruction.keyword === 'RUN' && placed.start <= span.end && span.start <= placed.start + placed.length,
  );
  if (selected.length > 1) return absolute(result, mergeAll(result, selected));
  const [only] = selected;
  if (!only) return [];
  const next = dockerfile.instructions[only.index + 1];
  const previous = dockerfile.instructions[only.index - 1];
  const below = next ? mergeRuns(result.facts, only, next) : undefined;
  const above = previous ? mergeRuns(result.facts, previous, only) : undefined;
  return [
    ...absolute(result, above ? { ...above, title: 'Merge this RUN with the one above' } : undefined, only),
    ...absolute(result, below ? { ...below, title: 'Merge this RUN with the one below' } : undefined, only),
    ...absolute(result, splitRun(only), only),
    ...absolute(result, toHeredoc(result, only), only),
    ...absolute(result, fromHeredoc(result, only), only),
  ];
}

/** Merges all selected RUNs that can be; undefined when no two can. */
export function mergeAll(result: LintResult, runs: readonly Placed[]): RuleFix | undefined {
  const merges: RuleFix[] = [];
  for (let index = 1; index < runs.length; index++) {
    const [first, second] = [runs[index - 1], runs[index]];
    const merge = first && second ? mergeRuns(result.facts, first, second) : undefined;
    // Braces around a part that is itself merged would have to nest; one step at a time keeps the text readable.
    if (merge?.safety === 'safe') merges.push(merge);
  }
  if (merges.length === 0) return undefined;
  return { ...mergedTogether(merges), ...(merges.length === 1 ? { title: 'Merge these RUNs' } : {}), safety: 'safe' };
}

function absolute(result: LintResult, fix: RuleFix | undefined, at?: Placed): Fix[] {
  if (!fix) return [];
  const eol = lineEnding(result.dockerfile.text);
  return [
    {
      title: fix.title,
      safety: fix.safety,
      preferred: false,
      effect: fix.effect ?? {},
      edits: fix.edits.map(edit => ({
        span: moved(edit.span, (edit.at ?? at)?.start ?? 0),
        text: eol === '\n' ? edit.text : edit.text.replace(/\r?\n/g, eol),
      })),
    },
  ];
}

/** `RUN a && b` as two instructions: what the second sees of the first is the file system only, so nothing that the shell keeps may be used. */
function splitRun(placed: Placed): RuleFix | undefined {
  const { instruction } = placed;
  const script = scriptOf(instruction);
  if (script?.form !== 'shell' || instruction.json || instruction.heredocs.length > 0 || script.errors.length > 0)
    return undefined;
  const { items } = script.list;
  if (items.length < 2 || items.some((item, index) => item.background || (index > 0 && item.operator !== '&&')))
    return undefined;
  if (script.commands.some(changesShell)) return undefined;
  if (instruction.comments.length > 0) return undefined;
  const prefix = instruction.text.slice(0, instruction.argumentsSpan.start).replace(/\s*[\\`]?\r?\n\s*/g, ' ');
  const edits = items.slice(1).map((item, index) => {
    const previous = items[index];
    return { span: { start: previous?.span.end ?? 0, end: item.span.start }, text: `\n${prefix}` };
  });
  return {
    title: 'Split into one RUN per command',
    safety: 'manual',
    edits,
    effect: { inserts: edits.map(() => 'RUN') },
  };
}

/** `RUN a && b` as a heredoc that stops at the first failure, as the list does. */
function toHeredoc(result: LintResult, placed: Placed): RuleFix | undefined {
  const { instruction } = placed;
  const script = scriptOf(instruction);
  if (script?.form !== 'shell' || instruction.json || instruction.heredocs.length > 0 || script.errors.length > 0)
    return undefined;
  if (result.facts.at(placed).shell.kind !== 'posix') return undefined;
  const { items } = script.list;
  if (
    items.length < 2 ||
    items.some((item, index) => item.background || item.negated || (index > 0 && item.operator !== '&&'))
  )
    return undefined;
  if (instruction.comments.length > 0 || script.source.text.includes('EOF')) return undefined;
  // Commands of a multi-line word would be cut by the continuation's removal; their text is taken from the joined script.
  const lines = items.map(item => textOf(script.source, item.span));
  if (lines.some(line => line === undefined)) return undefined;
  const { start, end } = instruction.argumentsSpan;
  return {
    title: 'Convert to a heredoc',
    safety: 'manual',
    edits: [{ span: { start, end }, text: `<<'EOF'\nset -e\n${lines.join('\n')}\nEOF` }],
    effect: { commands: true },
  };
}

function textOf(
  source: { text: string; at: readonly number[]; source: readonly number[] },
  span: Span,
): string | undefined {
  const find = (offset: number): number => {
    for (let index = source.source.length - 1; index >= 0; index--) {
      const from = source.source[index] ?? 0;
      if (from <= offset) return (source.at[index] ?? 0) + offset - from;
    }
    return -1;
  };
  const start = find(span.start);
  const end = find(span.end - 1) + 1;
  return start < 0 || end <= start
    ? undefined
    : source.text
        .slice(start, end)
        .replace(/[ \t]{2,}/g, match => match)
        .trim();
}

/** A heredoc of plain commands under `set -e` as an && list. */
function fromHeredoc(result: LintResult, placed: Placed): RuleFix | undefined {
  const { instruction } = placed;
  const script = scriptOf(instruction);
  if (script?.form !== 'heredoc' || script.interpreter !== undefined || script.errors.length > 0) return undefined;
  if (
    result.facts.at(placed).shell.kind !== 'posix' ||
    /#/.test(script.source.text) ||
    script.source.text.includes('<<')
  )
    return undefined;
  const { items } = script.list;
  const [first, ...rest] = items;
  const lead = first?.nodes[0];
  const strict =
    lead?.kind === 'command' &&
    lead.command.base === 'set' &&
    lead.command.args.length === 1 &&
    /^-e[ux]*$/.test(lead.command.args[0]?.value ?? '');
  const commands = strict ? rest : items;
  if (!strict || (strict && lead.command.args[0]?.value !== '-e') || commands.length === 0) return undefined;
  if (
    commands.some(
      item =>
        item.background || item.negated || item.operator === '||' || item.nodes.some(node => node.kind !== 'command'),
    )
  )
    return undefined;
  const texts = commands.map(item => textOf(script.source, item.span));
  if (texts.some(text => text === undefined || text.includes('\n'))) return undefined;
  const { start } = instruction.argumentsSpan;
  return {
    title: 'Convert to an && list',
    safety: 'manual',
    edits: [{ span: { start, end: instruction.text.length }, text: texts.join(` ${instruction.escape}\n    && `) }],
    effect: { commands: true },
  };
}
