import type { Placed } from '../../dockerfile/index.js';
import type { FileFacts, Stage } from '../../facts/index.js';

const isStart = ({ instruction: { keyword } }: Placed): boolean => keyword === 'CMD' || keyword === 'ENTRYPOINT';

/** Every CMD and ENTRYPOINT of a stage and of those it is FROM, oldest first; what the base image starts is not among them. */
export const startCommands = (facts: FileFacts, stage: Stage): readonly Placed[] =>
  facts.lineage(stage).filter(isStart);

/** Whether there is any of them. */
export const hasStartCommand = (facts: FileFacts, stage: Stage): boolean =>
  facts.has(stage, 'CMD') || facts.has(stage, 'ENTRYPOINT');
