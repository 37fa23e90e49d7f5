import type { FileFacts, InstructionFacts, Stage } from '../facts/index.js';
import type { ShellCommand, ShellWord } from '../shell/index.js';
import type { Reading } from '../standards/reading.js';
import { hadolintScript } from './script.js';

/** The commands of a RUN that hadolint 2.15 knows by this very name. */
export function hadolintCommands(facts: InstructionFacts, ...names: readonly string[]): readonly ShellCommand[] {
  return hadolintScript(facts).commands.filter(command => names.includes(command.base));
}

/** Whether one of the words is anywhere among the arguments, whatever it means there. */
export const hasWord = (command: ShellCommand, ...words: readonly string[]): boolean =>
  command.args.some(({ value }) => words.includes(value));

export const wordAt = (command: ShellCommand, ...words: readonly string[]): ShellWord | undefined =>
  command.args.find(({ value }) => words.includes(value));

const isFlag = ({ value }: ShellWord): boolean => value.startsWith('-') && value !== '-' && value !== '--';

/** What hadolint takes a word for: `-qy` for `q` and `y`, `--quiet=2` for `quiet`; `-` and `--` are no flags. A short one is never cut at `=`. */
function flagsOf(word: ShellWord): readonly string[] {
  if (!isFlag(word)) return [];
  const { value } = word;
  if (value.startsWith('--')) return [/^[^=]*/.exec(value.slice(2))?.[0] ?? ''];
  return [...value.slice(1)];
}

/** Flags count wherever they are, after `--` too. */
export const hadolintHasFlag = (command: ShellCommand, ...names: readonly string[]): boolean =>
  command.args.some(word => flagsOf(word).some(flag => names.includes(flag)));

export const hadolintCountFlag = (command: ShellCommand, name: string): number =>
  command.args.flatMap(flagsOf).filter(flag => flag === name).length;

/** Every word that is not a flag; the word after one of `valueFlags` is its value, unless it has one with `=`. */
export function hadolintOperands(
  command: ShellCommand,
  { verbs = [], valueFlags = [] }: { readonly verbs?: readonly string[]; readonly valueFlags?: readonly string[] } = {},
): readonly ShellWord[] {
  return command.args.filter((word, index) => {
    if (isFlag(word) || verbs.includes(word.value)) return false;
    const before = command.args[index - 1];
    return !before || before.value.includes('=') || !flagsOf(before).some(flag => valueFlags.includes(flag));
  });
}

/** A cache or tmpfs mount whose target contains one of the paths. */
export const keepsOut = (facts: InstructionFacts, ...paths: readonly string[]): boolean =>
  facts.mounts.some(
    ({ type, target }) => (type === 'cache' || type === 'tmpfs') && paths.some(path => target?.includes(path) === true),
  );

/** Whether what a stage leaves behind counts: hadolint knows a FROM by its text, and a base by its alias. */
export function isKeptStage({ stages }: FileFacts, stage: Stage | undefined): boolean {
  const last = stages.at(-1);
  if (!last) return true;
  if (!stage) return false;
  const alias = stage.from.instruction.from?.name?.text;
  return (
    identity(stage) === identity(last) || (alias !== undefined && stages.some(other => imageName(other) === alias))
  );
}

const identity = ({ from: { instruction } }: Stage): string =>
  [instruction.from?.image.text, instruction.from?.name?.text, instruction.from?.platform?.value].join(' ');

function imageName({ from: { instruction } }: Stage): string | undefined {
  const reference = instruction.from?.reference;
  return reference?.text.slice(0, reference.nameEnd);
}

/** `pip install`, by any name that begins like pip, or as a module of Python. */
export function isPipInstall({ base, args }: ShellCommand): boolean {
  if (/^pip(?!env)/.test(base)) return args.some(({ value }) => value === 'install');
  return (
    base.startsWith('python') &&
    args.some(
      ({ value }, index) => value === '-m' && args[index + 1]?.value === 'pip' && args[index + 2]?.value === 'install',
    )
  );
}

/** hadolint looks neither after sudo nor into `sh -c '…'`. */
export function commandsSeenBy(reading: Reading, facts: InstructionFacts): readonly ShellCommand[] {
  return reading === 'hadolint' ? hadolintScript(facts).commands : facts.commands;
}
