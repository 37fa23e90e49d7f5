import { type Completion, ending, type Writing } from './item.js';

/** The stages that can be named here by their names. */
export function stagesBefore({ facts, placed, offset }: Writing, typed: string): readonly Completion[] {
  const isFrom = placed.instruction.keyword === 'FROM';
  // A FROM that is not written yet begins no stage.
  const limit = facts.stages.filter(({ from }) => from.index < placed.index).length - (isFrom ? 0 : 1);
  return facts.stages.slice(0, Math.max(limit, 0)).flatMap(({ name, from }, index): readonly Completion[] => {
    const written = from.instruction.from?.name?.text;
    if (name === undefined || written === undefined) return [];
    const detail = from.instruction.from?.image.text ?? '';
    return [
      { label: written, kind: 'stage', span: ending(offset, typed), detail: `FROM ${detail}`, order: limit - index },
    ];
  });
}
