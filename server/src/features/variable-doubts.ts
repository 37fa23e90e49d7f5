import type { Placed } from '../dockerfile/index.js';
import type { FileFacts } from '../facts/index.js';
import type { Doubt } from './names.js';
import { namesItself } from './shell-reads.js';
import type { VariablePlace } from './variable-places.js';

/** Where it is not certain whether a variable is meant, among the stages that have it. */
export function doubtsAbout(facts: FileFacts, same: readonly VariablePlace[]): readonly Doubt[] {
  const [first] = same;
  if (!first) return [];
  const { name } = first;
  const stages = new Set(same.map(place => place.stage));
  const isKept = same.some(place => place.sets === 'ENV');
  return facts.dockerfile.instructions.flatMap(placed => {
    if (!placed.instruction.text.includes(name)) return [];
    const stage = placed.instruction.keyword === 'FROM' ? undefined : facts.stageOf(placed);
    if (!stages.has(stage)) return [];
    const known = same.filter(place => place.placed === placed);
    const reason = reasonIn(facts, placed, name, known, isKept);
    return reason === undefined ? [] : [{ offset: placed.start, reason }];
  });
}

function reasonIn(
  facts: FileFacts,
  placed: Placed,
  name: string,
  known: readonly VariablePlace[],
  isKept: boolean,
): string | undefined {
  const { instruction } = placed;
  const { keyword, comments } = instruction;
  // When a container runs, there are no arguments of the build left.
  if (['CMD', 'ENTRYPOINT', 'HEALTHCHECK'].includes(keyword) && !isKept) return undefined;
  const isKnown = (start: number): boolean => known.some(({ span }) => span.start === placed.start + start);
  const inComment = (start: number): boolean => comments.some(comment => comment.start <= start && start < comment.end);
  const dollars = new RegExp(`\\$(?:\\{[#!]?)?${name}\\b`, 'g');
  for (const match of instruction.text.matchAll(dollars)) {
    const start = match.index + match[0].length - name.length;
    if (!isKnown(start) && !inComment(start)) return `“${match[0]}” may not mean this variable`;
  }
  if (keyword !== 'RUN' && !isKept) return undefined;
  if (!['RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK'].includes(keyword)) return undefined;
  const { script } = facts.at(placed);
  const isRead = script && (script.interpreter === undefined || /sh$/.test(script.interpreter));
  if (isRead ? namesItself(script, name) : new RegExp(`\\b${name}\\b`).test(instruction.text))
    return `“${name}” is set or read by its name`;
  return undefined;
}
