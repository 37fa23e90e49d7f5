import { KEYWORDS, type Placed } from '../../dockerfile/index.js';
import type { LintResult } from '../../engine/result.js';
import { commentCompletions } from './comments.js';
import { flagCompletions } from './flags.js';
import { fromCompletions } from './images.js';
import { type Completion, ending, type Writing } from './item.js';
import { variableCompletions } from './variables.js';

export type { Completion } from './item.js';

/**
 * What may be written at a place. A word that is complete is not completed: with Enter after it, editors would put another
 * one in its place instead of a new line.
 */
export function completionsAt(result: LintResult, offset: number): readonly Completion[] {
  const all = allAt(result, offset);
  const isComplete = all.some(({ label, span }) => label === result.dockerfile.text.slice(span.start, offset));
  return isComplete ? [] : all;
}

function allAt(result: LintResult, offset: number): readonly Completion[] {
  const { dockerfile, facts } = result;
  const { text, instructions } = dockerfile;
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).trimStart();
  const placed = instructions.findLast(({ start }) => start <= offset);
  const isInside = placed !== undefined && offset <= placed.start + placed.length;
  const isInHeredoc = isInside && placed.instruction.heredocs.some(({ span }) => span.start <= offset - placed.start);
  if (line.startsWith('#') && !isInHeredoc) return commentCompletions(result, line, offset);
  if (!isInside) return keywords(line, offset, facts.stages.length > 0);
  const writing = writingIn(result, placed, offset);
  const first = /^\w*$/.exec(writing.before);
  if (first) return keywords(first[0], offset, placed.instruction.keyword === 'ONBUILD' || stagesAbove(result, placed));
  const inFlags = isInHeredoc ? undefined : flagCompletions(writing);
  return variableCompletions(writing) ?? inFlags ?? (writing.keyword === 'FROM' ? fromCompletions(writing) : []);
}

/** Only what no other extension completes. */
export const ownCompletionsAt = (result: LintResult, offset: number): readonly Completion[] =>
  completionsAt(result, offset).filter(({ kind, span }) => {
    if (kind === 'rule' || kind === 'key') return true;
    const before = result.dockerfile.text.slice(0, span.start);
    return kind === 'value' && /--mount=\S*(?:type|sharing)=$/.test(before);
  });

const stagesAbove = ({ facts }: LintResult, placed: Placed): boolean =>
  facts.stages.some(({ from }) => from.index < placed.index);

function writingIn({ facts, dockerfile }: LintResult, placed: Placed, offset: number): Writing {
  const escape = dockerfile.escape === '`' ? '`' : '\\\\';
  const written = dockerfile.text
    .slice(placed.start, offset)
    .replace(new RegExp(`${escape}[ \\t]*\\r?\\n(?:[ \\t]*#.*\\n|[ \\t]*\\r?\\n)*`, 'g'), ' ');
  const before = placed.instruction.keyword === 'ONBUILD' ? written.replace(/^\w+\s+/, '') : written;
  return { facts, placed, keyword: /^\w*/.exec(before)?.[0].toUpperCase() ?? '', before, offset };
}

/** Before the first stage there are only ARG and FROM. Small letters where they are typed. */
function keywords(typed: string, offset: number, hasStage: boolean): readonly Completion[] {
  if (!/^[A-Za-z]*$/.test(typed)) return [];
  const isSmall = typed !== '' && typed === typed.toLowerCase();
  return KEYWORDS.filter(keyword =>
    hasStage ? keyword !== 'MAINTAINER' : keyword === 'ARG' || keyword === 'FROM',
  ).map(keyword => ({
    label: isSmall ? keyword.toLowerCase() : keyword,
    kind: 'keyword',
    span: ending(offset, typed),
  }));
}
