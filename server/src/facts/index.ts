export { deriveFacts, FileFacts, InstructionFacts, type StageRole, sameReads } from './facts.js';
export { isMounted, type Mount, mountsOf } from './mounts.js';
export { type PackageAction, type PackageKind, packageActionsOf } from './packages.js';
export {
  EMPTY_SCOPE,
  type Expanded,
  expand,
  find,
  PLATFORM_ARGUMENTS,
  PROXY_ARGUMENTS,
  type Scope,
  type Variable,
  variablesOf,
} from './scope.js';
export { type Base, findStage, type PreambleContent, type Stage, type StageContent } from './stages.js';
export { isRootName, type ShellInForce, type State, type UserInForce } from './state.js';
