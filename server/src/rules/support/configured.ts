import { type FileFacts, packageActionsOf } from '../../facts/index.js';
import { earlierRuns, type RunPlace } from './runs.js';
import { cleanPath } from './transfer.js';

/** A setting in the configuration of a package manager, which holds for every command after it. */
export interface Setting {
  /** As it is written into the file: by a command, or by a heredoc. */
  readonly text: RegExp;
  /** Where the files lie. */
  readonly place: RegExp;
}

const APT_CONF = /^\/etc(?:\/apt(?:\/apt\.conf.*)?)?$/;
const DNF_CONF = /^\/etc(?:\/(?:dnf|yum)(?:\/.*)?|\/yum\.conf)?$/;

export const APT_WITHOUT_RECOMMENDS: Setting = { text: /(?<!--no-)Install-Recommends/i, place: APT_CONF };
export const APT_ASSUMES_YES: Setting = { text: /APT::Get::(?:Assume-Yes|force-yes)/i, place: APT_CONF };
export const DNF_WITHOUT_WEAK: Setting = { text: /install_weak_deps/, place: DNF_CONF };
export const DNF_WITHOUT_DOCS: Setting = { text: /nodocs/, place: DNF_CONF };
export const DNF_ASSUMES_YES: Setting = { text: /\bassumeyes\s*=/, place: DNF_CONF };

/**
 * Whether a setting is made before the end of a RUN, by that RUN or above it, or a file is copied to where it could be made:
 * what such a file says cannot be seen.
 */
export function mayBeConfigured(file: FileFacts, run: RunPlace, { text, place }: Setting): boolean {
  if (writes(run, text) || earlierRuns(file, run).some(one => writes(one, text))) return true;
  const { stage, placed } = run;
  if (!stage) return false;
  return file.lineage(stage).some(({ index, instruction }) => {
    if (index > placed.index || (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD')) return false;
    const target = instruction.words.at(-1)?.text.replace(/^["']|["']$/g, '') ?? '';
    return place.test(cleanPath(target)) && (instruction.heredocs.length === 0 || text.test(instruction.text));
  });
}

/** Options of the package managers themselves hold for one command only. */
function writes({ instruction, facts }: RunPlace, text: RegExp): boolean {
  if (!text.test(instruction.text)) return false;
  const { script } = facts;
  // A heredoc inside the script, or text that cannot be read as shell.
  if (!script || script.source.text.includes('<<')) return true;
  return script.commands.some(command => {
    const kind = packageActionsOf(command)?.kind;
    return (kind === undefined || kind === 'other') && command.args.some(word => text.test(word.value));
  });
}
