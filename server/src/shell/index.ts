export { heredocBody, scriptOf } from './script.js';
export type {
  ListOperator,
  ShellAssignment,
  ShellCommand,
  ShellItem,
  ShellList,
  ShellNode,
  ShellRedirect,
  ShellScript,
  ShellWord,
} from './types.js';
