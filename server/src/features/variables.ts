import { type FileFacts, find, type Stage } from '../facts/index.js';
import type { Span } from '../text/span.js';
import { holds, inOrder, type NameHere } from './names.js';
import { doubtsAbout } from './variable-doubts.js';
import { type VariablePlace, variablePlaces } from './variable-places.js';

/** What is above all stages, beside the indexes of stages. */
const GLOBAL = -1;
const scopeOf = (stage: Stage | undefined): number => stage?.index ?? GLOBAL;

/**
 * A stage shares a variable with the one that it is FROM, and with the ARG above all stages where it repeats that ARG. Two
 * stages that have nothing to do with each other may use one name for two things.
 */
function scopesOf(facts: FileFacts, { name, stage: here }: VariablePlace): ReadonlySet<number> {
  const repeating = variablePlaces(facts).filter(place => place.name === name && place.sets === 'ARG');
  const repeats = new Set(repeating.map(({ stage }) => scopeOf(stage)));
  const neighbours = new Map<number, number[]>();
  const join = (a: number, b: number): void => {
    neighbours.set(a, [...(neighbours.get(a) ?? []), b]);
    neighbours.set(b, [...(neighbours.get(b) ?? []), a]);
  };
  for (const { base, index } of facts.stages) {
    if (base.kind === 'stage' && find(base.stage.exit.scope, name)) join(index, base.stage.index);
    if (repeats.has(index) && repeats.has(GLOBAL)) join(index, GLOBAL);
  }
  const reached = new Set([scopeOf(here)]);
  for (const scope of reached) for (const next of neighbours.get(scope) ?? []) reached.add(next);
  return reached;
}

/** Every place of the same variable as this one. */
export function sameVariable(facts: FileFacts, here: VariablePlace): readonly VariablePlace[] {
  const scopes = scopesOf(facts, here);
  return variablePlaces(facts).filter(place => place.name === here.name && scopes.has(scopeOf(place.stage)));
}

export const variableAt = (facts: FileFacts, offset: number): VariablePlace | undefined =>
  variablePlaces(facts).find(({ span }) => holds(span, offset));

export function variableNameAt(facts: FileFacts, offset: number): NameHere | undefined {
  const here = variableAt(facts, offset);
  if (!here) return undefined;
  const same = sameVariable(facts, here);
  return {
    kind: 'variable',
    name: here.name,
    span: here.span,
    definitions: definitionsOf(here, same),
    places: inOrder(same.map(({ span, sets }) => ({ span, isDefinition: sets !== undefined }))),
    doubts: () => doubtsAbout(facts, same),
  };
}

/** The last place above that sets it, in the same stage or in one that it is FROM. */
function definitionsOf(here: VariablePlace, same: readonly VariablePlace[]): readonly Span[] {
  const setting = same.filter(place => place.sets !== undefined);
  const first = here.sets === undefined ? lastAbove(here, setting) : here;
  if (!first) return [];
  const global = first.isBare && first.stage ? setting.filter(place => place.stage === undefined) : [];
  return [first, ...global].map(({ span }) => span);
}

function lastAbove(here: VariablePlace, setting: readonly VariablePlace[]): VariablePlace | undefined {
  for (let stage = here.stage; ; ) {
    const found = setting.findLast(place => place.stage === stage && isAbove(place, here));
    if (found || stage?.base.kind !== 'stage') return found;
    stage = stage.base.stage;
  }
}

/** The values of one ENV do not see one another; those of one ARG do, from left to right. */
const isAbove = (place: VariablePlace, here: VariablePlace): boolean =>
  place.placed === here.placed
    ? place.sets === 'ARG' && place.span.end <= here.span.start
    : place.placed.index < here.placed.index;
