import { answersItself, packageActions } from '../facts/packages/in-run.js';
import { runsOf } from '../facts/runs.js';
import { hadolintCommands, hadolintHasFlag, wordAt } from '../hadolint/commands.js';
import { addYes, assumesYesByFile, rpmSaysYes } from './packages/assume-yes.js';
import { defineRule } from './rule.js';

/** hadolint's reading covers these; others ask just the same. */
const KNOWN = ['install', 'groupinstall', 'localinstall'];
const MANAGERS = ['yum'];

export default defineRule({
  id: 'yum-install-without-yes',
  codes: ['DL3030'],
  summary: '`yum install` without `-y` stops to ask a question nobody can answer.',
  rationale:
    'A build has no terminal, so the question is read from an empty input and the command gives up. Whether it asks depends on what else it has to install, so the build may work today and fail tomorrow.',
  category: 'correctness',
  severity: 'warning',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM centos:7\nRUN «yum install» httpd && yum clean all\n',
        fixed: 'FROM centos:7\nRUN yum install -y httpd && yum clean all\n',
      },
      {
        code: 'FROM centos:7\nRUN «yum update» && yum clean all\n',
        fixed: 'FROM centos:7\nRUN yum update -y && yum clean all\n',
      },
    ],
    good: [
      { code: 'FROM centos:7\nRUN yum -qy install httpd && yum clean all\n', why: 'Short flags may be bundled.' },
      {
        code: 'FROM centos:7\nRUN echo assumeyes=1 >> /etc/yum.conf\nRUN yum install httpd && yum clean all\n',
        why: 'The configuration answers.',
      },
      { code: 'FROM centos:7\nRUN yes | yum install httpd && yum clean all\n', why: 'Something else answers.' },
    ],
  },
  mentions: ['yum'],
  scope: 'stage',
  checkFile({ facts, reading, report }) {
    for (const run of runsOf(facts)) {
      if (reading === 'hadolint') {
        for (const command of hadolintCommands(run.facts, 'yum')) {
          const verb = wordAt(command, ...KNOWN);
          if (verb && !hadolintHasFlag(command, 'y', 'assumeyes')) report(run.placed, addYes(command, verb));
        }
        continue;
      }
      for (const action of packageActions(run.facts, 'install', 'upgrade', 'remove')) {
        const { command, verb, manager } = action;
        if (!MANAGERS.includes(manager) || rpmSaysYes(command)) continue;
        const known = KNOWN.includes(verb.value);
        if (answersItself(action) || assumesYesByFile(facts, run)) continue;
        report(run.placed, { ...addYes(command, verb), ...(known ? {} : { codes: [] }) });
      }
    }
  },
});
