import type { Severity } from './severity.js';

const BUILDKIT = new Set([
  'StageNameCasing',
  'FromAsCasing',
  'NoEmptyContinuation',
  'ConsistentInstructionCasing',
  'DuplicateStageName',
  'ReservedStageName',
  'JSONArgsRecommended',
  'MaintainerDeprecated',
  'UndefinedArgInFrom',
  'WorkdirRelativePath',
  'UndefinedVar',
  'MultipleInstructionsDisallowed',
  'LegacyKeyValueFormat',
  'InvalidBaseImagePlatform',
  'RedundantTargetPlatform',
  'SecretsUsedInArgOrEnv',
  'InvalidDefaultArgInFrom',
  'FromPlatformFlagConstDisallowed',
  'CopyIgnoredFile',
  'InvalidDefinitionDescription',
  'ExposeProtoCasing',
  'ExposeInvalidFormat',
]);
export const EXPERIMENTAL_CODES: readonly string[] = ['InvalidDefinitionDescription'];

/** Checks that run only where `# check=experimental=` asks for them; `skip` does not concern them. */
export const isExperimentalCode = (code: string): boolean => EXPERIMENTAL_CODES.includes(code);

export const isBuildkitCode = (code: string): boolean => BUILDKIT.has(code);

/** BuildKit reports everything as a warning; experimental checks only when asked. */
export function buildkitSeverity(codes: readonly string[]): Severity | undefined {
  return codes.some(code => BUILDKIT.has(code) && !EXPERIMENTAL_CODES.includes(code)) ? 'warning' : undefined;
}
