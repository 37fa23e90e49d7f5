import { type FileFacts, findStage, perFile, type Stage } from '../facts/index.js';
import { stageReferences } from '../facts/stage-references.js';
import { moved, type Span } from '../text/span.js';
import { type Doubt, holds, inOrder, type NameHere } from './names.js';

/** A place that names a stage, by its name or its number; absolute. */
interface Reference {
  readonly stage: Stage;
  readonly span: Span;
}

const references = perFile((facts: FileFacts): readonly Reference[] =>
  stageReferences(facts).flatMap(({ placed, text, span, before, kind }) => {
    const { base } = facts.stageOf(placed) ?? {};
    const stage =
      kind !== 'FROM' ? findStage(facts.stages, text, before) : base?.kind === 'stage' ? base.stage : undefined;
    return stage ? [{ stage, span: moved(span, placed.start) }] : [];
  }),
);

/** Where a stage has its name. */
function nameSpan({ from }: Stage): Span | undefined {
  const name = from.instruction.from?.name;
  return name && moved(name.span, from.start);
}

/** Where a stage begins: its name, else its image. */
const definitionOf = (stage: Stage): Span =>
  nameSpan(stage) ?? moved(stage.from.instruction.from?.image.span ?? { start: 0, end: 0 }, stage.from.start);

/** The stage that a place names. */
export function stageAt(facts: FileFacts, offset: number): Stage | undefined {
  const reference = references(facts).find(({ span }) => holds(span, offset));
  return (
    reference?.stage ??
    facts.stages.find(stage => {
      const span = nameSpan(stage);
      return span !== undefined && holds(span, offset);
    })
  );
}

export function stageNameAt(facts: FileFacts, offset: number): NameHere | undefined {
  const stage = stageAt(facts, offset);
  if (!stage) return undefined;
  const definition = definitionOf(stage);
  const named = references(facts).filter(reference => reference.stage === stage);
  const span = named.find(reference => holds(reference.span, offset))?.span ?? definition;
  return {
    kind: 'stage',
    name: stage.name ?? String(stage.index),
    span,
    definitions: [definition],
    places: inOrder([
      { span: definition, isDefinition: true },
      ...named.map(reference => ({ span: reference.span, isDefinition: false })),
    ]),
    doubts: () => doubtsAbout(facts, stage),
  };
}

/** FROMs whose arguments may give the name of this stage, by their default or because they have none. */
function doubtsAbout(facts: FileFacts, { name, index }: Stage): readonly Doubt[] {
  const later = facts.stages.filter(({ from, base }) => {
    const image = from.instruction.from?.image.text ?? '';
    if (!image.includes('$') || image.includes('/') || /:(?!-)/.test(image)) return false;
    return base.kind === 'stage' ? base.stage.name === name : base.kind === 'image' && base.certainty === 'unknown';
  });
  return later
    .filter(stage => stage.index > index)
    .map(({ from }) => ({ offset: from.start, reason: 'FROM may name this stage by a variable' }));
}
