export { changesShell } from './changes-shell.js';
export { perCommand, perScript } from './per-script.js';
export { type PlainScript, plainScriptOf } from './plain.js';
export { heredocBody, SHEBANG, scriptOf } from './script.js';
export type {
  ShellCommand,
  ShellItem,
  ShellList,
  ShellNode,
  ShellScript,
  ShellWord,
} from './types.js';
