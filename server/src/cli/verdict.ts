import { SEVERITIES, type Severity } from '../standards/severity.js';
import type { Arguments } from './args.js';
import { UsageError } from './io.js';
import type { FileOutcome } from './lint-files.js';

type FailOn = Severity | 'never';
const FAIL_ON: readonly FailOn[] = [...SEVERITIES, 'never'];

/** What makes the exit status 1. */
export interface Threshold {
  /** Undefined: what the configuration says. */
  readonly failOn: FailOn | undefined;
  readonly maxWarnings: number | undefined;
}

export function thresholdOf(args: Arguments): Threshold {
  const failOn = args.choice('fail-on', FAIL_ON);
  const given = args.value('max-warnings');
  if (given === undefined) return { failOn, maxWarnings: undefined };
  if (failOn !== undefined) throw new UsageError('--fail-on and --max-warnings exclude each other.');
  if (!/^\d+$/.test(given)) throw new UsageError(`--max-warnings takes a number, not “${given}”.`);
  return { failOn, maxWarnings: Number(given) };
}

export function failsBy(outcomes: readonly FileOutcome[], { failOn, maxWarnings }: Threshold): boolean {
  if (maxWarnings === undefined) return outcomes.some(outcome => fails(outcome, failOn));
  const warnings = outcomes.flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'warning'));
  return warnings.length > maxWarnings || outcomes.some(outcome => fails(outcome, 'error'));
}

function fails({ worst, settled }: FileOutcome, asked: FailOn | undefined): boolean {
  const failOn = failOnOf(settled, asked);
  return worst !== undefined && failOn !== 'never' && SEVERITIES.indexOf(worst) <= SEVERITIES.indexOf(failOn);
}

/** The threshold that counts for a file. */
export function failOnOf(settled: FileOutcome['settled'], asked: FailOn | undefined): FailOn {
  if (asked !== undefined) return asked;
  if (settled?.output.noFail) return 'never';
  return settled?.output.failOn ?? (settled?.options.profile === 'hadolint' ? 'info' : 'warning');
}

/** An outcome with some of its findings. */
export function withSome(outcome: FileOutcome, isKept: (index: number) => boolean): FileOutcome {
  const findings = outcome.findings.filter((_, index) => isKept(index));
  const worst = SEVERITIES.find(severity => findings.some(finding => finding.severity === severity));
  // In profile hadolint not all findings count.
  return { ...outcome, findings, worst: outcome.worst && worst };
}
