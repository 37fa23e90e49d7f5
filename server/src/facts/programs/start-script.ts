import { contextEntry, contextHasTexts } from '../../context/index.js';
import { absolutePath, baseName, transferOf } from '../files/transfer.js';
import type { FileFacts, Stage } from '../index.js';
import { perLineage } from '../per-lineage.js';
import { startCommands } from './start-commands.js';

export interface StartScript {
  /** As CMD or ENTRYPOINT names it, without folders. */
  readonly name: string;
  readonly text: string;
}

/** The scripts that CMD and ENTRYPOINT start, as far as their text is known: from a heredoc or from the build context. */
export const startScripts = perLineage((facts, stage): readonly StartScript[] => {
  const hasTexts = facts.context !== undefined && contextHasTexts(facts.context);
  const found: StartScript[] = [];
  let started: ReadonlySet<string> | undefined;
  for (const placed of facts.lineage(stage)) {
    const { instruction } = placed;
    if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') continue;
    if (!hasTexts && instruction.heredocs.length === 0) continue;
    started ??= startedWords(facts, stage);
    const { scope, workdir } = facts.stateBefore(placed);
    const transfer = transferOf(instruction, scope);
    if (!transfer || transfer.from) continue;
    const target = absolutePath(transfer.path, workdir);
    for (const word of started) {
      const name = baseName(word);
      const [heredoc] = instruction.heredocs;
      if (heredoc) {
        if (name === baseName(target)) found.push({ name, text: heredoc.content });
        continue;
      }
      // Where in a folder that is copied it lies, when CMD says so.
      const path = absolutePath(word, stage.exit.workdir);
      const inside = path.startsWith(`${target}/`) ? path.slice(target.length + 1) : name;
      for (const source of transfer.sources) {
        if (!facts.context || source.kind !== 'local' || source.certainty === 'unknown') continue;
        const isFile = baseName(source.text) === name || baseName(target) === name;
        const entry = contextEntry(facts.context, isFile ? source.text : `${source.text}/${inside}`);
        if (entry?.text !== undefined) found.push({ name, text: entry.text });
      }
    }
  }
  return found;
});

/** The words of CMD and ENTRYPOINT that may be a path. */
const startedWords = (facts: FileFacts, stage: Stage): ReadonlySet<string> =>
  new Set(
    startCommands(facts, stage)
      .flatMap(({ instruction }) => instruction.words.flatMap(word => word.text.split(/[\s;&|"']+/)))
      .filter(word => baseName(word) !== ''),
  );
