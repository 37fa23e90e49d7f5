import { lint } from '../../../server/src/engine/lint.js';
import { shellJobs } from '../../../server/src/shellcheck/lint/jobs.js';
import type { Comment, LintJob } from '../../../server/src/shellcheck/protocol.js';
import { relevantNames } from '../../../server/src/shellcheck/relevant-names.js';
import { lintJob } from '../../../server/src/shellcheck/worker/main.js';
import type { Program } from '../../../server/src/shellcheck/worker/program.js';

/** The scripts of Dockerfiles as ShellCheck is given them, in both readings, each once. */
export function scriptsOf(texts: Iterable<string>): readonly LintJob[] {
  const jobs = new Map<string, LintJob>();
  for (const text of texts) {
    const { facts } = lint(text, { profile: 'buildkit' });
    for (const reading of ['own', 'hadolint'] as const) {
      for (const { request } of shellJobs(facts, reading)) {
        const { script, shell, assigned = [] } = request;
        const job = { script, shell, assigned: relevantNames(script, assigned) };
        jobs.set(JSON.stringify(job), job);
      }
    }
  }
  return [...jobs.values()];
}

/** What the port says as ShellCheck’s next release does, or in other words: docs/decisions/shellcheck.md. */
function isKnownDifference({ code, message }: Comment, { shell }: LintJob): boolean {
  if (code === 2336) return true;
  if (code === 3003) return shell === 'sh' || shell === 'dash';
  if (code === 3040) return shell === 'sh' && message.includes('pipefail');
  return code === 1091;
}

/** What two programs say differently of a script, apart from {@link isKnownDifference}; undefined when they agree. */
export async function disagreement(job: LintJob, one: Program, other: Program): Promise<string | undefined> {
  const said = async (program: Program): Promise<string[]> => {
    const comments = await lintJob(program, job);
    return comments.filter(comment => !isKnownDifference(comment, job)).map(comment => JSON.stringify(comment));
  };
  const [a, b] = [await said(one), await said(other)];
  if (a.join() === b.join()) return undefined;
  return [
    `${job.shell}: ${JSON.stringify(job.script)}`,
    ...a.map(line => `- ${line}`),
    ...b.map(line => `+ ${line}`),
  ].join('\n');
}
