import type { FileFacts, Stage, StageContent } from '../../facts/index.js';

/**
 * What `make` says of a stage, kept from one version of a file to the next: it may look at the instructions of the stage, at
 * those of the stages it is FROM, and at the build context, and say nothing that depends on where they stand.
 */
export function perLineage<T>(make: (facts: FileFacts, stage: Stage) => T): (facts: FileFacts, stage: Stage) => T {
  const kept = new WeakMap<StageContent, { readonly context: FileFacts['context']; readonly value: T }>();
  return (facts, stage) => {
    const { context } = facts;
    let known = kept.get(stage.content);
    if (!known || known.context !== context) {
      known = { context, value: make(facts, stage) };
      kept.set(stage.content, known);
    }
    return known.value;
  };
}
