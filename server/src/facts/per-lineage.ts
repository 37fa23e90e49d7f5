import type { FileFacts, Stage } from './index.js';

/**
 * What `make` says of a stage, kept from one version of a file to the next: it may look at the instructions of the stage, at
 * those of the stages it is FROM, and at the build context, and say nothing that depends on where they stand.
 */
export const perLineage =
  <T>(make: (facts: FileFacts, stage: Stage) => T) =>
  (facts: FileFacts, stage: Stage): T =>
    facts.ofLineage(stage, make);
