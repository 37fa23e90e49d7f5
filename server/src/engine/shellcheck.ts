import type { ShellcheckSettings } from '../../../shared/src/settings.js';
import type { Joined, Placed } from '../dockerfile/index.js';
import { toSourceSpan } from '../dockerfile/index.js';
import { type FileFacts, PLATFORM_ARGUMENTS, PROXY_ARGUMENTS, type ShellInForce, variablesOf } from '../facts/index.js';
import { type ShellScript, scriptOf } from '../shell/index.js';
import type { Comment, LintRequest, ShellDialect } from '../shellcheck/index.js';
import { OVERLAPS, severityOf } from '../shellcheck/index.js';
import { moved, type Span } from '../text/span.js';
import { ruleSet } from './profiles.js';
import { SHELLCHECK_RULE } from './shellcheck-rule.js';
import type { Finding, Fix, LintOptions } from './types.js';

/** One script of a file for ShellCheck, with the way back. */
export interface ShellJob {
  readonly placed: Placed;
  readonly source: Joined;
  readonly request: LintRequest;
}

/** What BuildKit and every container have in their environment without being told. */
const ALWAYS_SET = [...PROXY_ARGUMENTS, ...PLATFORM_ARGUMENTS, 'PATH', 'HOME', 'HOSTNAME', 'TERM'];

function dialect(shell: ShellInForce, script: ShellScript): ShellDialect | undefined {
  const name = script.interpreter ?? shell.name;
  // What is meant by plain `sh` is known by the base image: its bash features are no mistakes there.
  switch (name) {
    case 'bash':
    case 'dash':
    case 'ksh':
    case 'sh':
      return name;
    case 'ash':
    case 'busybox':
      return 'busybox';
    default:
      return undefined;
  }
}

/** The scripts of a file that ShellCheck can read: shell forms and heredocs under a shell that it knows. */
export function shellJobs(facts: FileFacts): ShellJob[] {
  const jobs: ShellJob[] = [];
  for (const placed of facts.dockerfile.instructions) {
    const instruction = placed.instruction.trigger ?? placed.instruction;
    const script = scriptOf(instruction);
    if (!script || script.form === 'exec' || script.source.text.trim() === '') continue;
    const state = facts.stateBefore(placed);
    if (state.shell.kind !== 'posix') continue;
    const shell = dialect(state.shell, script);
    if (!shell) continue;
    const assigned = [
      ...ALWAYS_SET,
      ...state.image.env,
      ...[...variablesOf(state.scope)].map(variable => variable.name),
    ];
    jobs.push({ placed, source: script.source, request: { script: script.source.text, shell, assigned } });
  }
  return jobs;
}

const RANK = { error: 0, warning: 1, info: 2, hint: 3 } as const;

/** Word splitting in CMD and ENTRYPOINT is often meant (`exec java $JAVA_OPTS`), so quoting is not offered there. */
const SPLITS_WORDS = new Set([2086, 2046, 2068]);

function fixOf(job: ShellJob, comment: Comment): Fix | undefined {
  if (!comment.fix || comment.fix.length === 0) return undefined;
  if ((job.placed.instruction.trigger ?? job.placed.instruction).keyword !== 'RUN' && SPLITS_WORDS.has(comment.code))
    return undefined;
  const edits = comment.fix.map(replacement => ({
    span: moved(toSourceSpan(job.source, replacement.start, replacement.end), job.placed.start),
    text: replacement.text,
  }));
  // A replacement across a continuation would take the line end with it.
  if (
    edits.some(edit =>
      job.placed.instruction.text
        .slice(edit.span.start - job.placed.start, edit.span.end - job.placed.start)
        .includes('\n'),
    )
  )
    return undefined;
  return {
    title: `Apply ShellCheck’s fix for SC${comment.code}`,
    safety: 'review',
    preferred: true,
    effect: { commands: true },
    edits,
  };
}

/** ShellCheck's comments on one script as findings, without those that a native finding on the same text already makes. */
export function shellFindings(
  job: ShellJob,
  comments: readonly Comment[],
  native: readonly Finding[],
  options: LintOptions,
  settings: Pick<ShellcheckSettings, 'severity' | 'exclude'> = { severity: 'hint', exclude: [] },
): Finding[] {
  const set = ruleSet(options);
  return comments.flatMap(comment => {
    const code = `SC${comment.code}`;
    const own = severityOf(comment.level);
    if (RANK[own] > RANK[settings.severity] || settings.exclude.includes(code)) return [];
    const severity = set.severityOf({ ...SHELLCHECK_RULE, id: code }, [code], own);
    if (!severity) return [];
    const span = moved(toSourceSpan(job.source, comment.start, comment.end), job.placed.start);
    if (overlapped(comment.code, job.placed.index, span, native)) return [];
    const fix = fixOf(job, comment);
    return [
      {
        rule: code,
        codes: [code],
        severity,
        message: comment.message,
        span,
        at: job.placed.index,
        fixes: fix ? [fix] : [],
      },
    ];
  });
}

/** Whether a native finding says the same: of the same command, or anywhere in the instruction, as the table says. */
const overlapped = (code: number, at: number, span: Span, native: readonly Finding[]): boolean =>
  OVERLAPS.some(
    overlap =>
      overlap.code === code &&
      native.some(
        finding =>
          finding.at === at &&
          finding.codes.includes(overlap.with) &&
          (overlap.at === 'instruction' || (finding.span.start < span.end && span.start < finding.span.end)),
      ),
  );
