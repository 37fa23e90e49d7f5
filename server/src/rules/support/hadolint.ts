import type { ShellCommand } from '../../shell/index.js';

const TRANSPARENT = new Set(['exec', 'command', 'builtin', 'busybox', 'exec form']);

/**
 * Whether hadolint takes a command for what it is. It looks through `exec`, `command`, `builtin` and `busybox` only, does
 * not read `sh -c` strings, and knows a command by its plain name, not by its path (hadolint 2.15).
 */
export function seenByHadolint(command: ShellCommand): boolean {
  if (command.via !== undefined && !TRANSPARENT.has(command.via)) return false;
  return command.name !== undefined && !command.name.value.includes('/');
}
