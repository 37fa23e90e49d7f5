import { perLineage } from '../per-lineage.js';

/**
 * The commands that the RUNs of a stage, or of those it is FROM, call, by their names without folders: what they do not call
 * need not be looked for in each RUN.
 */
export const calledCommands = perLineage((facts, stage): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const placed of facts.lineage(stage)) {
    if (placed.instruction.keyword !== 'RUN') continue;
    const { commands } = facts.at(placed);
    for (let index = 0; index < commands.length; index++) {
      const command = commands[index];
      if (command) names.add(command.base);
    }
  }
  return names;
});
