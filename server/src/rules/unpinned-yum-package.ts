import type { PackageAction } from '../facts/index.js';
import { packageActions } from '../facts/packages/in-run.js';
import { runsOf } from '../facts/runs.js';
import { hadolintCommands, hadolintOperands, hasWord } from '../hadolint/commands.js';
import type { ShellWord } from '../shell/index.js';
import { certainPackages, hasRpmVersion, unpinnedReport, usesFileVariable } from './packages/pins.js';
import { defineRule } from './rule.js';

const MANAGERS = ['yum'];

/** A module stream: `nodejs:22`. */
const isStream = (word: ShellWord): boolean => word.value.includes(':');

/** A version, a path, an address, a group, or a capability such as `dnf-command(config-manager)`. */
const isPinned = (word: ShellWord): boolean => hasRpmVersion(word.value) || /^@|\/|\.rpm$|\(.*\)$/.test(word.value);

function unpinned({ verb, packages, ...action }: PackageAction): readonly ShellWord[] {
  if (verb.value === 'module') {
    return packages[0]?.value === 'install' ? packages.slice(1).filter(word => word.literal && !isStream(word)) : [];
  }
  return verb.value === 'install' || verb.value === 'in'
    ? certainPackages({ ...action, verb, packages }).filter(word => !isPinned(word))
    : [];
}

export default defineRule({
  id: 'unpinned-yum-package',
  codes: ['DL3033'],
  summary: '`yum install` takes whatever version of a package the repository has that day.',
  rationale:
    'The same line installs something else each time it is built, so a build that worked may break or change behaviour. Exact pins have a price: mirrors drop old versions, and the build then fails until the pin is raised. A pinned base image with a lock file is the usual alternative.',
  category: 'reproducibility',
  practice: 'precise-versions',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM rockylinux:9\nRUN yum install -y «httpd» openssl-1:3.2.2 && yum clean all\n' },
      {
        code: 'FROM rockylinux:9\nRUN yum module install -y «nodejs» && yum clean all\n',
        why: 'A module has a stream.',
      },
    ],
    good: [
      {
        code: 'FROM rockylinux:9\nARG V=2.51\nRUN yum install -y git-core-${V} && yum clean all\n',
        why: 'The version is in a variable.',
      },
      {
        code: 'FROM rockylinux:9\nRUN yum install -y gcc-c++-14.2.1 https://example.org/x.rpm && yum clean all\n',
        why: 'A version, and a file.',
      },
    ],
  },
  mentions: ['yum'],
  scope: 'stage',
  checkFile({ facts, reading, report }) {
    for (const run of runsOf(facts)) {
      const operands =
        reading === 'hadolint'
          ? hadolintCommands(run.facts, ...MANAGERS)
              .filter(command => hasWord(command, 'install'))
              .map(command => {
                const words = hadolintOperands(command, { verbs: ['install', 'module'] });
                if (hasWord(command, 'module')) return words.filter(word => !isStream(word));
                return words.filter(
                  word =>
                    !hasRpmVersion(word.value) && !(word.value.includes('-') && usesFileVariable(facts, run, word)),
                );
              })
          : packageActions(run.facts)
              .filter(action => MANAGERS.includes(action.manager))
              .map(unpinned);
      for (const words of operands) {
        const found = unpinnedReport(words, 'name-version');
        if (found) report(run.placed, found);
      }
    }
  },
});
