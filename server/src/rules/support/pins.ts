import type { Placed } from '../../dockerfile/index.js';
import type { FileFacts, PackageAction } from '../../facts/index.js';
import type { ShellCommand, ShellWord } from '../../shell/index.js';
import type { Report } from '../rule.js';
import type { RunPlace } from './runs.js';

/** The words of a command that hadolint takes for packages: everything but options, the values of some, and the verbs. */
export function looseOperands(
  command: ShellCommand,
  verbs: readonly string[],
  valueFlags: readonly string[] = [],
): readonly ShellWord[] {
  return command.args.filter((word, index) => {
    if (word.value.startsWith('-') || verbs.includes(word.value)) return false;
    return !valueFlags.includes(command.args[index - 1]?.value ?? '');
  });
}

/** The packages whose names are known for certain. */
export const certainPackages = (action: PackageAction): readonly ShellWord[] =>
  action.packages.filter(word => word.literal && word.value !== '');

const MAX_NAMES = 3;

/** One report for all packages of a command that have no version. */
export function unpinnedReport(words: readonly ShellWord[], how: string): Report | undefined {
  const [first] = words;
  if (!first) return undefined;
  const names = words
    .slice(0, MAX_NAMES)
    .map(word => word.value)
    .join(', ');
  const more = words.length > MAX_NAMES ? ` and ${words.length - MAX_NAMES} more` : '';
  return {
    span: first.span,
    message: `Give ${names}${more} a version (${how}), so that the next build installs the same.`,
  };
}

/** `name-1.2-3.el9`: a part behind a dash begins with a digit, and all of them could be of a version. */
export function hasRpmVersion(name: string): boolean {
  const [, ...parts] = name.split('-');
  if (parts.length === 0) return false;
  if (name.endsWith('.rpm')) return true;
  return parts.every(part => /^[0-9A-Za-z.~^_:+]+$/.test(part)) && parts.some(part => /^\d/.test(part));
}

/** Whether a word uses a variable that is set in the file: by an ENV of its stage, or by any ARG before. */
export function usesFileVariable(file: FileFacts, run: RunPlace, word: ShellWord): boolean {
  if (word.variables.length === 0) return false;
  const below = run.stage ? [...file.preamble, ...file.lineage(run.stage)] : file.preamble;
  const sets = (placed: Placed, name: string): boolean =>
    placed.index < run.placed.index && placed.instruction.pairs.some(pair => pair.key === name);
  return word.variables.some(
    name =>
      below.some(
        placed => (placed.instruction.keyword === 'ENV' || placed.instruction.keyword === 'ARG') && sets(placed, name),
      ) || file.all('ARG').some(placed => sets(placed, name)),
  );
}
