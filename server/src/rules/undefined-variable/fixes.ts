import type { Placed } from '../../dockerfile/index.js';
import { type FileFacts, find, PLATFORM_ARGUMENTS } from '../../facts/index.js';
import type { Use } from '../../facts/variables.js';
import type { RuleFix } from '../rule.js';

const PLATFORM = new Set<string>(PLATFORM_ARGUMENTS);

export function rename(placed: Placed, use: Use, name: string): RuleFix {
  const text = placed.instruction.text.slice(use.span.start, use.span.end);
  return {
    title: `Change to $${name}`,
    safety: 'manual',
    edits: [{ span: use.span, text: text.replace(use.name, name) }],
    effect: { arguments: true, values: true, flags: true, commands: 'words' },
  };
}

/** Quotes the delimiter of a heredoc, so that its text is taken as it is; not where something in it is to be expanded. */
export function heredocFix(facts: FileFacts, placed: Placed, use: Use): readonly RuleFix[] {
  const { instruction } = placed;
  const heredoc = instruction.heredocs.find(one => one.span.start <= use.span.start && use.span.end <= one.span.end);
  if (!heredoc || heredoc.content.includes('\\')) return [];
  const { scope, image } = facts.stateBefore(placed);
  const others = instruction.variablesIn({ text: heredoc.content, at: [0], source: [heredoc.span.start] }, true);
  const isMeant = (name: string): boolean =>
    image.env.has(name) ||
    name === 'PATH' ||
    PLATFORM.has(name) ||
    find(scope, name) !== undefined ||
    find(facts.globals, name) !== undefined;
  if (others.some(one => isMeant(one.name))) return [];
  const opener = new RegExp(`<<-?\\s*(${heredoc.name.replace(/\W/g, '\\$&')})(?!\\w)`).exec(instruction.text);
  if (!opener) return [];
  const end = opener.index + opener[0].length;
  return [
    {
      title: 'Quote the delimiter, so that nothing in the text is expanded',
      safety: 'review',
      edits: [{ span: { start: end - heredoc.name.length, end }, text: `'${heredoc.name}'` }],
      effect: { arguments: true, commands: 'words' },
    },
  ];
}
