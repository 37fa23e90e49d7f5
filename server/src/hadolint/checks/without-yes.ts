import { runsOf } from '../../facts/runs.js';
import { addNonInteractive, addYes } from '../../rules/packages/without-yes.js';
import type { ShellCommand } from '../../shell/index.js';
import { hadolintCommands, hadolintHasFlag, wordAt } from '../commands.js';
import { aptGetSaysYes } from '../packages.js';
import type { HadolintCheck } from './check.js';

interface Asking {
  readonly programs: readonly string[];
  readonly verbs: readonly string[];
  readonly saysYes: (command: ShellCommand) => boolean;
  readonly complaint: typeof addYes;
}

const asking = ({ programs, verbs, saysYes, complaint }: Asking): HadolintCheck => ({
  file: {},
  check({ facts, report }) {
    for (const run of runsOf(facts)) {
      for (const command of hadolintCommands(run.facts, ...programs)) {
        const verb = wordAt(command, ...verbs);
        if (verb && !saysYes(command)) report(run.placed, complaint(command, verb));
      }
    }
  },
});

const RPM_VERBS = ['install', 'groupinstall', 'localinstall'];
const rpmSaysYes = (command: ShellCommand): boolean => hadolintHasFlag(command, 'y', 'assumeyes');

export const DL3014 = asking({
  programs: ['apt-get'],
  verbs: ['install'],
  saysYes: aptGetSaysYes,
  complaint: addYes,
});
export const DL3030 = asking({ programs: ['yum'], verbs: RPM_VERBS, saysYes: rpmSaysYes, complaint: addYes });
export const DL3038 = asking({
  programs: ['dnf', 'microdnf'],
  verbs: RPM_VERBS,
  saysYes: rpmSaysYes,
  complaint: addYes,
});
export const DL3034 = asking({
  programs: ['zypper'],
  verbs: ['install', 'in', 'remove', 'rm', 'source-install', 'si', 'patch'],
  saysYes: command => hadolintHasFlag(command, 'n', 'non-interactive', 'no-confirm', 'y'),
  complaint: addNonInteractive,
});
