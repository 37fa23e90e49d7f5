import type { LintResult } from '../engine/types.js';

/** Why Harden leaves a whole file alone; single rules have their own reasons to be silent. */
export function refusalOf({ dockerfile, facts }: LintResult): string | undefined {
  if (dockerfile.instructions.length === 0) return 'There is no instruction in this file.';
  if (facts.stages.length === 0) return 'The file has no FROM, so nothing is known about what it builds.';
  const final = facts.final;
  if (final?.image.family === 'windows')
    return 'The final image is a Windows image: its users, shells and tools need a person’s eye.';
  return undefined;
}
