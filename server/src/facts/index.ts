export { deriveFacts, FileFacts } from './facts.js';
export { findStage, rootOf } from './find-stage.js';
export { InstructionFacts, sameReads } from './instruction-facts.js';
export { isMounted, mountsOf } from './mounts.js';
export { offsetsWhere } from './offsets-where.js';
export { type PackageAction, packageActionsOf } from './packages/actions.js';
export { perFile } from './per-file.js';
export {
  type Expanded,
  expand,
  expandWords,
  find,
  PLATFORM_ARGUMENTS,
  PROXY_ARGUMENTS,
  type Scope,
  variablesOf,
} from './scope.js';
export type { StageRole } from './stage-role.js';
export type { Base, PreambleContent, Stage, StageContent } from './stages.js';
export { isRootName, type ShellInForce, type State } from './state.js';
