import { type Instruction, type Placed, perInstruction } from '../../dockerfile/index.js';
import { cleanPath } from '../files/transfer.js';
import { type FileFacts, type InstructionFacts, packageActionsOf, perFile, type Stage } from '../index.js';
import { earlierRuns, type RunPlace } from '../runs.js';

/** A setting in the configuration of a package manager, which holds for every command after it. */
export interface Setting {
  /** As it is written into the file: by a command, or by a heredoc. */
  readonly text: RegExp;
  /** Whether an instruction has such a text in it. */
  readonly isNamedIn: (instruction: Instruction) => boolean;
  /** Where the files lie. */
  readonly place: RegExp;
}

const APT_CONF = /^\/etc(?:\/apt(?:\/apt\.conf.*)?)?$/;
const DNF_CONF = /^\/etc(?:\/(?:dnf|yum)(?:\/.*)?|\/yum\.conf)?$/;

const setting = (text: RegExp, place: RegExp): Setting => ({
  text,
  place,
  isNamedIn: perInstruction(instruction => text.test(instruction.text)),
});

export const APT_WITHOUT_RECOMMENDS = setting(/(?<!--no-)Install-Recommends/i, APT_CONF);
export const APT_ASSUMES_YES = setting(/APT::Get::(?:Assume-Yes|force-yes)/i, APT_CONF);
export const DNF_WITHOUT_WEAK = setting(/install_weak_deps/, DNF_CONF);
export const DNF_WITHOUT_DOCS = setting(/nodocs/, DNF_CONF);
export const DNF_ASSUMES_YES = setting(/\bassumeyes\s*=/, DNF_CONF);

/**
 * Whether a setting is made before the end of a RUN, by that RUN or above it, or a file is copied to where it could be made:
 * what such a file says cannot be seen.
 */
export function mayBeConfigured(file: FileFacts, run: RunPlace, { text, place, isNamedIn }: Setting): boolean {
  const makes = ({ instruction, facts }: RunPlace): boolean => isNamedIn(instruction) && writes(facts, text);
  if (makes(run) || earlierRuns(file, run).some(makes)) return true;
  const { stage, placed } = run;
  if (!stage) return false;
  return copiesIntoEtc(file, stage).some(({ index, instruction }) => {
    if (index > placed.index) return false;
    const target = instruction.words.at(-1)?.text.replace(/^["']|["']$/g, '') ?? '';
    return place.test(cleanPath(target)) && (instruction.heredocs.length === 0 || isNamedIn(instruction));
  });
}

const copies = perFile(() => new Map<Stage, readonly Placed[]>());

/** What of a stage, and of those it is FROM, may copy a file to where package managers have theirs. */
function copiesIntoEtc(file: FileFacts, stage: Stage): readonly Placed[] {
  const known = copies(file);
  let found = known.get(stage);
  if (!found) {
    found = file
      .lineage(stage)
      .filter(
        ({ instruction: { keyword, text } }) => (keyword === 'COPY' || keyword === 'ADD') && text.includes('/etc'),
      );
    known.set(stage, found);
  }
  return found;
}

/** Options of the package managers themselves hold for one command only. */
function writes({ script }: InstructionFacts, text: RegExp): boolean {
  // A heredoc inside the script, or text that cannot be read as shell.
  if (!script || script.source.text.includes('<<')) return true;
  return script.commands.some(command => {
    const kind = packageActionsOf(command)?.kind;
    return (kind === undefined || kind === 'other') && command.args.some(word => text.test(word.value));
  });
}
