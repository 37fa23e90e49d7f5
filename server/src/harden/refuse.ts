import type { LintResult } from '../engine/result.js';
import type { FileFacts } from '../facts/index.js';
import { type UserStays, userStays } from '../start/index.js';

/** Why Harden leaves a whole file alone; single rules have their own reasons to be silent. */
export function refusalOf({ dockerfile, facts, template }: LintResult): string | undefined {
  if (template)
    return 'The file is a template, and what replaces its tags decides what it does. Harden the generated Dockerfile instead.';
  if (dockerfile.instructions.length === 0) return 'The file has no instructions.';
  if (facts.stages.length === 0) return 'The file has no FROM instruction.';
  const final = facts.final;
  if (final?.image.family === 'windows') return 'Harden does not support Windows images yet.';
  return undefined;
}

const STAYS: Readonly<Record<UserStays, string | undefined>> = {
  'is-not-root': undefined,
  'is-decided-by-the-build': 'a variable decides it when the image is built',
  'function-service': 'the function service starts the image with one of its own',
  'unknown-base': 'a variable decides the base image, so nothing is known of its users',
  windows: 'this looks like a Windows image',
  development: 'people work in a development container, and its tools expect their user',
  'github-action': 'GitHub starts the container of an action as root, and no other user can write to its workspace',
  'gives-up-root': 'the container starts as root on purpose and drops privileges itself',
  'nothing-runs': 'nothing runs in this image',
};

/** Why Harden leaves the user alone where no finding speaks of it; undefined where that needs no explanation. */
export function userStaysBecause(facts: FileFacts): string | undefined {
  const why = facts.final && userStays(facts, facts.final);
  const reason = why && STAYS[why];
  return reason === undefined ? undefined : `The user was not changed: ${reason}.`;
}
