import type { ShellCommand, ShellWord } from './index.js';

/**
 * Whether a command has one of the options. A single letter also counts inside a bundle (`-qy`); a long option counts
 * with `=value` too; everything else is compared as it is. Words after `--` are no options.
 */
export function hasFlag(command: ShellCommand, ...names: readonly string[]): boolean {
  return flagWord(command, ...names) !== undefined;
}

export function flagWord(command: ShellCommand, ...names: readonly string[]): ShellWord | undefined {
  for (const word of command.args) {
    const { value } = word;
    if (value === '--') return undefined;
    if (!value.startsWith('-')) continue;
    for (const name of names) {
      if (value === name) return word;
      if (name.length === 1 && /^-[a-zA-Z]+$/.test(value) && value.includes(name)) return word;
      if (name.startsWith('--') && value.startsWith(`${name}=`)) return word;
    }
  }
  return undefined;
}

/** How often a short option is given, bundles included: `-qq` twice. */
export function countFlag(command: ShellCommand, letter: string, long: string): number {
  let count = 0;
  for (const { value } of command.args) {
    if (value === long) count++;
    else if (/^-[a-zA-Z]+$/.test(value)) count += value.split(letter).length - 1;
  }
  return count;
}

/** The argument after a flag word, or what follows its `=`. */
export function flagValue(command: ShellCommand, ...names: readonly string[]): string | undefined {
  const word = flagWord(command, ...names);
  if (!word) return undefined;
  const equals = word.value.indexOf('=');
  if (equals >= 0) return word.value.slice(equals + 1);
  return command.args[command.args.indexOf(word) + 1]?.value;
}

/** `set -e`, `set -eux`, `set -o errexit`: the script ends at the first command that fails. */
export const setsErrexit = ({ base, args }: ShellCommand): boolean =>
  base === 'set' && args.some(({ value }) => /^-[a-zA-Z]*e[a-zA-Z]*$|^errexit$/.test(value));
