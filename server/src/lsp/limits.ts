import { type AnyResult, isOfCompose } from '../engine/lint-compose.js';
import { MAX_DIAGNOSTICS } from '../service/convert.js';
import { MAX_SCRIPTS, scriptsIn } from './shellcheck.js';
import type { Resource } from './workspace.js';

/** What is left out of the findings of a very large file, one sentence each. */
export function limitsOf(result: AnyResult, { options, shellcheck }: Resource): readonly string[] {
  const limits: string[] = [];
  if (result.findings.length > MAX_DIAGNOSTICS)
    limits.push(`Only the ${MAX_DIAGNOSTICS} most severe of ${result.findings.length} findings are shown`);
  // Each instruction has a script at most, but for heredocs: a file with fewer need not be looked through.
  if (isOfCompose(result) || !shellcheck.enable || result.dockerfile.placements.parts.length <= MAX_SCRIPTS)
    return limits;
  const scripts = scriptsIn(result, options);
  if (scripts > MAX_SCRIPTS) limits.push(`ShellCheck reads only the first ${MAX_SCRIPTS} of ${scripts} scripts`);
  return limits;
}
