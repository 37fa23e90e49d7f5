import type { Pair, Placed } from '../../dockerfile/index.js';
import type { FileFacts, PackageAction, Stage } from '../../facts/index.js';
import type { RunPlace } from '../../facts/runs.js';
import type { ShellWord } from '../../shell/index.js';
import type { Report } from '../rule.js';

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

/**
 * Whether the text of a word has a variable that hadolint knows: of an ENV of its stage or of those that one is FROM (by
 * alias, with case), or the first name of any ARG before.
 */
export function usesFileVariable(file: FileFacts, run: RunPlace, word: ShellWord): boolean {
  const text = word.value.replace(/\$(\w+)/g, '${$1}');
  if (run.onbuild || !text.includes('${')) return false;
  const isUsed = ({ key }: Pair): boolean => text.includes(`\${${key}}`);
  const before = (placed: Placed): boolean => placed.index < run.placed.index;
  return (
    file.all('ARG').some(placed => before(placed) && placed.instruction.pairs.slice(0, 1).some(isUsed)) ||
    aliasLineage(file, run.stage).some(
      placed => before(placed) && placed.instruction.keyword === 'ENV' && placed.instruction.pairs.some(isUsed),
    )
  );
}

/** Nobody writes stages that are FROM one another further than this. */
const MAX_LINEAGE = 100;

function aliasLineage(file: FileFacts, stage: Stage | undefined): readonly Placed[] {
  const found: (readonly Placed[])[] = [];
  for (let at = stage; at && found.length < MAX_LINEAGE; ) {
    const { index, from } = at;
    found.push(at.instructions);
    const image = from.instruction.from?.reference.path;
    at = file.stages.findLast(other => other.index < index && other.from.instruction.from?.name?.text === image);
  }
  return stage ? found.flat() : file.preamble;
}
