import type { Placed } from '../dockerfile/index.js';
import { type FileFacts, rootOf, type Stage } from '../facts/index.js';
import { hasStartCommand } from '../facts/programs/start-commands.js';
import { isForDevelopment, isGitHubAction } from './kinds.js';
import { dropsPrivileges } from './steps-down.js';

/** Why nothing is said of the user that the final stage runs as. */
export type UserStays =
  | 'is-not-root'
  | 'is-decided-by-the-build'
  | 'function-service'
  | 'windows'
  | 'unknown-base'
  | 'development'
  | 'github-action'
  | 'gives-up-root'
  | 'nothing-runs';

/** Undefined where the user is root, or may be, and another would be better. */
export function userStays(facts: FileFacts, final: Stage): UserStays | undefined {
  const { user, image, shell } = final.exit;
  if (user.isRoot === false) return 'is-not-root';
  if (user.explicit && user.isRoot === undefined) return 'is-decided-by-the-build';
  // It brings its own user.
  if (image.isFaas || isFunction(facts, final)) return 'function-service';
  if (image.family === 'windows' || shell.kind === 'cmd' || shell.kind === 'powershell') return 'windows';
  if (user.isRoot === undefined) {
    if (certainty(final) === 'unknown') return 'unknown-base';
    if (looksLikeWindows(facts)) return 'windows';
  }
  if (isForDevelopment(facts, final)) return 'development';
  if (isGitHubAction(facts)) return 'github-action';
  if (dropsPrivileges(facts, final)) return 'gives-up-root';
  // A stage on scratch without anything to run is there to be exported, or to be a base.
  return image.family === 'scratch' && !hasStartCommand(facts, final) ? 'nothing-runs' : undefined;
}

/**
 * The client of AWS Lambda, or the host of Azure Functions: both services choose the user themselves
 * (docs.aws.amazon.com/lambda/latest/dg/images-create.html).
 */
const isFunction = (facts: FileFacts, final: Stage): boolean =>
  facts
    .lineage(final)
    .some(({ instruction: { keyword, text } }) =>
      keyword === 'CMD' || keyword === 'ENTRYPOINT'
        ? /aws_?-?lambda_?-?ric\b|lambda\.runtime\.api\.client|lambda-entrypoint|\/var\/runtime\/bootstrap/.test(text)
        : keyword === 'ENV' && /\bAzureWebJobsScriptRoot\b|\bLAMBDA_TASK_ROOT\b/.test(text),
    );

/** An image that nothing is known of, in a file that speaks of Windows. */
const looksLikeWindows = (facts: FileFacts): boolean =>
  facts.dockerfile.escape === '`' || facts.perStage(speaksOfWindows).includes(true);

const speaksOfWindows = (instructions: readonly Placed[]): boolean =>
  instructions.some(({ instruction, leading }) =>
    [instruction, ...leading].some(({ text }) => /windows|powershell|nanoserver|chocolatey|\bC:\\/i.test(text)),
  );

function certainty(stage: Stage): 'known' | 'default' | 'unknown' {
  const { base } = rootOf(stage);
  return base.kind === 'image' ? base.certainty : 'known';
}
