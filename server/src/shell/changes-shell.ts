import type { ShellCommand } from './types.js';

const COMMANDS = new Set([
  '.',
  'source',
  'set',
  'shopt',
  'cd',
  'pushd',
  'popd',
  'export',
  'readonly',
  'unset',
  'alias',
  'unalias',
  'umask',
  'ulimit',
  'trap',
  'exec',
  'exit',
  'return',
  'eval',
  'shift',
  'declare',
  'typeset',
  'local',
  'hash',
  'enable',
  'bind',
  'read',
  'getopts',
  'logout',
  'wait',
  'newgrp',
]);

/**
 * Whether a command changes the shell it runs in, or may. A RUN gets a new shell each time; in a merged one what it does
 * would reach the commands after it. An assignment without a command is one, and so is a name that only the build knows.
 */
export const changesShell = ({ name, base }: Pick<ShellCommand, 'name' | 'base'>): boolean =>
  name === undefined || !name.literal || COMMANDS.has(base);
