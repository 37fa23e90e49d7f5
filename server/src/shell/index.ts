export { changesShell } from './changes-shell.js';
export { heredocReadByShell } from './heredoc-read-by-shell.js';
export { isVariableName } from './name.js';
export { perCommand, perScript } from './per-script.js';
export { readScript } from './read.js';
export { concat, heredocBody, SHEBANG, scriptOf, scriptOfText } from './script.js';
export type {
  ShellCommand,
  ShellItem,
  ShellList,
  ShellNode,
  ShellScript,
  ShellWord,
} from './types.js';
