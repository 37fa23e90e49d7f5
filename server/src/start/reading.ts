import { finalServices } from '../facts/final-services.js';
import type { FileFacts, Stage } from '../facts/index.js';
import { perLineage } from '../facts/per-lineage.js';
import { launchOf } from './launch.js';
import type { Evidence, StartReading, Step } from './types.js';
import { shellText, type Walk, walkText } from './walk.js';

/**
 * What a container of this stage does when it starts, as far as ENTRYPOINT, CMD and the files that they lead to tell: the
 * scripts of the build context, sourced ones too, those that the Dockerfile writes, package.json and Procfile.
 */
export const readStart = perLineage((facts: FileFacts, stage: Stage): StartReading => {
  const found = nothingYet();
  const { steps, read, unread } = found;
  const { entrypoint, command } = launchOf(facts, stage);
  const args = command
    ? (command.instruction.json?.map(({ text }) => text) ?? ['/bin/sh', '-c', command.instruction.arguments.text])
    : [];
  const walk = startOfWalk(facts, stage, found, args);
  if (!entrypoint) {
    if (command) walkText({ ...walk, args: [] }, shellText(args), 'CMD');
    return found;
  }
  const { json, arguments: typed } = entrypoint.instruction;
  const text = json ? shellText(json.map(word => word.text)) : typed.text;
  walkText(walk, text, 'ENTRYPOINT');
  // A script that was read says itself what it does with CMD; of another program CMD holds the arguments, or the program.
  if (read.length === 0 && args.length > 0) {
    steps.splice(0);
    unread.splice(0);
    walkText({ ...walk, args: [] }, `${text} ${shellText(args)}`, 'ENTRYPOINT');
    if (unread.length > 0) walkText({ ...walk, args: [] }, shellText(args), 'CMD');
  }
  return found;
});

const nothingYet = (): Walk['found'] => {
  const steps: Step[] = [];
  const read: string[] = [];
  const unread: Evidence[] = [];
  return { steps, read, unread, wantsRoot: undefined, texts: [], hasRoles: false };
};

const startOfWalk = (facts: FileFacts, stage: Stage, found: Walk['found'], args: readonly string[]): Walk => ({
  facts,
  stage,
  found,
  args,
  variables: new Map(),
  workdir: stage.exit.workdir,
  depth: 0,
});

/** What Compose services that are built from a stage start in place of its CMD or ENTRYPOINT. */
export const startedByCompose = perLineage((facts: FileFacts, stage: Stage): readonly Step[] => {
  if (stage !== facts.final) return [];
  const found = nothingYet();
  const { entrypoint } = launchOf(facts, stage);
  // A script says itself what it does with the words; of another program they are the arguments.
  const isProgram = entrypoint?.instruction.json && readStart(facts, stage).read.length === 0;
  const program = isProgram ? (entrypoint.instruction.json?.map(({ text }) => text) ?? []) : [];
  for (const { name, starts } of finalServices(facts)) {
    if (!starts) continue;
    const words = starts.insteadOf === 'CMD' ? [...program, ...starts.words] : starts.words;
    walkText(startOfWalk(facts, stage, found, []), shellText(words), `the Compose service ${name}`);
  }
  return found.steps;
});
