import type { Placed } from '../dockerfile/index.js';
import type { FileFacts, Stage } from '../facts/index.js';
import { perLineage } from '../facts/per-lineage.js';

/** What a container starts, as Docker puts ENTRYPOINT and CMD together. */
export interface Launch {
  readonly entrypoint: Placed | undefined;
  /** Undefined where there is none, or none that counts. */
  readonly command: Placed | undefined;
  /** A CMD whose words the ENTRYPOINT, in shell form, never sees. */
  readonly unheard: Placed | undefined;
}

/** The ENTRYPOINT and CMD in force at the end of a stage; those of the base image are not known. */
export const launchOf = perLineage((facts: FileFacts, stage: Stage): Launch => {
  const entrypoint = facts.last(stage, 'ENTRYPOINT');
  const command = facts.last(stage, 'CMD');
  if (!entrypoint || !command) return { entrypoint, command, unheard: undefined };
  // A new ENTRYPOINT makes Docker forget the CMD of the base, and one in shell form takes no arguments.
  const isForgotten = command.index < entrypoint.index && facts.stageOf(command) !== facts.stageOf(entrypoint);
  if (isForgotten) return { entrypoint, command: undefined, unheard: undefined };
  const hears = entrypoint.instruction.json !== undefined;
  return { entrypoint, command: hears ? command : undefined, unheard: hears ? undefined : command };
});
