import { perLineage } from './per-lineage.js';

/**
 * The names of all commands that the RUNs of a stage and of those it is FROM call, without folders: what is not among them
 * need not be looked for in each RUN.
 */
export const commandNames = perLineage((facts, stage): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const placed of facts.lineage(stage))
    if (placed.instruction.keyword === 'RUN') for (const { base } of facts.at(placed).commands) names.add(base);
  return names;
});
