import type { Placed } from '../../dockerfile/index.js';
import type { FileFacts, Stage } from '../index.js';

/** What a container of a stage starts, as far as the file says it: the last of each kind that Docker keeps. */
export interface EffectiveStart {
  readonly entrypoint: Placed | undefined;
  readonly command: Placed | undefined;
  readonly healthcheck: Placed | undefined;
}

/** Of a stage and those it is FROM. A base image may have an entry point of its own. */
export function effectiveStart(facts: FileFacts, stage: Stage): EffectiveStart {
  const entrypoint = facts.last(stage, 'ENTRYPOINT');
  const last = facts.last(stage, 'CMD');
  // Docker forgets the CMD of the base when the ENTRYPOINT changes.
  const isForgotten =
    entrypoint !== undefined &&
    last !== undefined &&
    last.index < entrypoint.index &&
    facts.stageOf(last) !== facts.stageOf(entrypoint);
  return { entrypoint, command: isForgotten ? undefined : last, healthcheck: facts.last(stage, 'HEALTHCHECK') };
}
