import type { Placed } from '../../dockerfile/index.js';
import type { FileFacts, Stage } from '../../facts/index.js';

/** Every CMD and ENTRYPOINT of a stage and of those it is FROM, oldest first; what the base image starts is not among them. */
export const startCommands = (facts: FileFacts, stage: Stage): readonly Placed[] =>
  facts
    .lineage(stage)
    .filter(({ instruction }) => instruction.keyword === 'CMD' || instruction.keyword === 'ENTRYPOINT');
