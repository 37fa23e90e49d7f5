import type { FileFacts, Stage } from '../../facts/index.js';

/**
 * What `make` says of a stage of a file, worked out once: for what a rule asks again for each command, and a file may have
 * thousands.
 */
export function perStage<T extends object>(
  make: (facts: FileFacts, stage: Stage) => T,
): (facts: FileFacts, stage: Stage) => T {
  const known = new WeakMap<FileFacts, WeakMap<Stage, T>>();
  return (facts, stage) => {
    let ofFile = known.get(facts);
    if (!ofFile) {
      ofFile = new WeakMap();
      known.set(facts, ofFile);
    }
    let value = ofFile.get(stage);
    if (!value) {
      value = make(facts, stage);
      ofFile.set(stage, value);
    }
    return value;
  };
}
