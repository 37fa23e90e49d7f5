import { type FileFacts, perFile, type Stage } from './index.js';

/**
 * What `make` says of a stage of a file, worked out once: for what a rule asks again for each command, and a file may have
 * thousands.
 */
export function perStage<T extends object>(
  make: (facts: FileFacts, stage: Stage) => T,
): (facts: FileFacts, stage: Stage) => T {
  const known = perFile(() => new Map<Stage, T>());
  return (facts, stage) => {
    const ofFile = known(facts);
    let value = ofFile.get(stage);
    if (!value) {
      value = make(facts, stage);
      ofFile.set(stage, value);
    }
    return value;
  };
}
