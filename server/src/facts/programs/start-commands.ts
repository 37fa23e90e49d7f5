import type { Placed } from '../../dockerfile/index.js';
import type { FileFacts, Stage } from '../index.js';

const isStart = ({ instruction: { keyword } }: Placed): boolean => keyword === 'CMD' || keyword === 'ENTRYPOINT';

/** Every CMD and ENTRYPOINT of a stage and of those it is FROM, oldest first; what the base image starts is not among them. */
export const startCommands = (facts: FileFacts, stage: Stage): readonly Placed[] =>
  facts.lineage(stage).filter(isStart);

/** Instructions of an image that others are to start, or to reach. */
const SERVES = ['EXPOSE', 'VOLUME', 'HEALTHCHECK', 'STOPSIGNAL'] as const;
const SHELL = /^(?:\S*\/)?(?:ba|da|a|z|k)?sh$/;

/**
 * Whether the final stage starts nothing, or just a shell: an image for tests, for CI or to work in, which is not shipped,
 * so that its size and the day of its base matter little.
 */
export function startsNothing(facts: FileFacts, stage: Stage): boolean {
  if (!stage.isFinal || SERVES.some(keyword => facts.has(stage, keyword)) || facts.has(stage, 'ENTRYPOINT'))
    return false;
  const command = facts.last(stage, 'CMD')?.instruction;
  if (!command) return true;
  return SHELL.test(command.json ? command.json.map(word => word.text).join(' ') : command.arguments.text.trim());
}

/** Whether there is any of them. */
export const hasStartCommand = (facts: FileFacts, stage: Stage): boolean =>
  facts.has(stage, 'CMD') || facts.has(stage, 'ENTRYPOINT');
