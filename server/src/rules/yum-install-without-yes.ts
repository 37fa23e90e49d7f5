import { DNF_ASSUMES_YES } from '../facts/packages/configured.js';
import { reportsQuestions } from './packages/without-yes.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'yum-install-without-yes',
  codes: ['DL3030'],
  summary: '`yum install` without `-y` waits for a confirmation that a build cannot give.',
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
  ...reportsQuestions({
    managers: ['yum'],
    known: ({ verb }) => /^(?:|group|local)install$/.test(verb.value),
    setting: DNF_ASSUMES_YES,
  }),
});
