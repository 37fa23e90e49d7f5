import type { FileFacts, Stage } from '../../facts/index.js';

/**
 * Whether the RUNs of a stage, or of those it is FROM, call one of some commands, by their names without folders: what they
 * do not call need not be looked for in each RUN.
 */
export function calls(facts: FileFacts, stage: Stage, ...names: readonly string[]): boolean {
  for (const placed of facts.lineage(stage)) {
    if (placed.instruction.keyword !== 'RUN') continue;
    for (const { base } of facts.at(placed).commands) if (names.includes(base)) return true;
  }
  return false;
}
