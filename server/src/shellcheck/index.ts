export {
  OFF_AT_START,
  OFF_IN_DOCKERFILE,
  OFF_WITH_ERREXIT,
  OVERLAPS,
  type ShellcheckSeverity,
  severityOf,
} from './codes.js';
export type { WorkerHost } from './host.js';
export {
  type CancelSignal,
  createShellcheckPool,
  type LintOutcome,
  type LintRequest,
  type PoolOptions,
  type ShellcheckPool,
  type SkipReason,
} from './pool.js';
export type { Comment, Level, Replacement, ShellDialect } from './protocol.js';
