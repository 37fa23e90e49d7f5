export {
  OFF_AT_START,
  OFF_FOR_HADOLINT,
  OFF_IN_DOCKERFILE,
  OFF_WITH_ERREXIT,
  OVERLAPS,
  severityOf,
} from './codes.js';
export { shellcheckExplanations } from './explained/index.js';
export type { ShellcheckExplanation } from './explained/types.js';
export type { WorkerHost } from './host.js';
export type { Comment, LintJob, Replacement, ShellDialect } from './protocol.js';
export {
  type CancelSignal,
  createShellcheckRunner,
  type LintOutcome,
  type LintRequest,
  type ResultStore,
  type ShellcheckRunner,
  type SkipReason,
} from './runner.js';
