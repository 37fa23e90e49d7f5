export { heredocBody, scriptOf } from './script.js';
export type {
  ShellCommand,
  ShellItem,
  ShellList,
  ShellNode,
  ShellScript,
  ShellWord,
} from './types.js';
