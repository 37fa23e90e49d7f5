import type { ProjectFiles } from '../compose/index.js';
import { lintCompose } from '../engine/lint-compose.js';
import { composeFixable, finish, fixStepsBy, type OnRefusal, type Steps } from '../fixes/index.js';
import type { Finding, LintOptions } from '../profiles/types.js';
import { type HardenPlan, hardenEdits } from './plan.js';
import { scoresOf } from './score.js';

/** Rules that Harden applies although the default profile does not report them. */
const SELECTED: readonly string[] = ['missing-healthcheck', 'missing-init', 'yaml-boolean-spelling'];

/**
 * What is applied: that after which the same services answer as before. What others may rely on is for a person to decide:
 * ports, limits, secrets, images, rights that somebody has given.
 */
const APPLIED = new Set([
  ...SELECTED,
  'capabilities-not-dropped',
  'dependency-not-awaited',
  'health-never-reported',
  'invalid-healthcheck',
  'logs-not-limited',
  'obsolete-key',
  'ports-without-effect',
  'privilege-escalation-allowed',
  'useless-capability',
  'writable-root-filesystem',
]);

/** A Compose file with its folder's files, as Harden needs it. */
export interface ComposeText {
  readonly text: string;
  readonly path: string;
  readonly beside: ProjectFiles;
}

export const planComposeHarden = (...args: Parameters<typeof hardenComposeSteps>): HardenPlan =>
  finish(hardenComposeSteps(...args));

/** What Harden does to a Compose file, in steps. */
export function* hardenComposeSteps(
  { text, path, beside }: ComposeText,
  options: Partial<LintOptions>,
  onRefusal: OnRefusal = () => {},
): Steps<HardenPlan> {
  const withMore: Partial<LintOptions> = { ...options, select: [...(options.select ?? []), ...SELECTED] };
  const lintText = (now: string): ReturnType<typeof lintCompose> => lintCompose(now, path, beside, withMore);
  const before = lintText(text).findings;
  const accept = ({ rule }: Finding): boolean => APPLIED.has(rule);
  const batch = yield* fixStepsBy(text, now => composeFixable(lintText(now)), 'review', accept, onRefusal);
  yield;
  const left = batch.text === text ? before : lintText(batch.text).findings;
  return {
    after: batch.text,
    edits: hardenEdits(text, batch),
    applied: batch.applied,
    left,
    scores: scoresOf(before, left),
    notes: batch.applied.length > 0 ? [...NOTES] : [],
    kept: undefined,
    secondStage: undefined,
    refusal: undefined,
  };
}

const NOTES: readonly string[] = [
  'Start it with docker compose up --wait, and ask for what each service answers: that a container runs does not prove that it works.',
];
