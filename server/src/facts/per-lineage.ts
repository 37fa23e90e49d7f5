import type { FileFacts, Stage } from './index.js';

/** What `make` says of a stage and of the stages it is FROM, worked out once for all rules that ask. */
export const perLineage =
  <T>(make: (facts: FileFacts, stage: Stage) => T) =>
  (facts: FileFacts, stage: Stage): T =>
    facts.ofLineage(stage, make);
