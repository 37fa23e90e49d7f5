import { DNF_ASSUMES_YES } from '../facts/packages/configured.js';
import { reportsQuestions } from './packages/without-yes.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'dnf-install-without-yes',
  codes: ['DL3038'],
  summary: '`dnf install` without `-y` waits for a confirmation that a build cannot give.',
  rationale:
    'A build has no terminal, so the question is read from an empty input and the command gives up. Whether it asks depends on what else it has to install, so the build may work today and fail tomorrow.',
  category: 'correctness',
  severity: 'warning',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM fedora:42\nRUN «dnf install» httpd && dnf clean all\n',
        fixed: 'FROM fedora:42\nRUN dnf install -y httpd && dnf clean all\n',
      },
      {
        code: 'FROM rockylinux:9\nRUN «dnf module enable» nodejs:22 && dnf install -y nodejs\n',
        fixed: 'FROM rockylinux:9\nRUN dnf module enable -y nodejs:22 && dnf install -y nodejs\n',
        why: 'Enabling a module asks too.',
      },
    ],
    good: [
      {
        code: 'FROM fedora:42\nRUN dnf -y install httpd && dnf clean all\n',
        why: 'The flag may be before the verb.',
      },
      {
        code: 'FROM registry.access.redhat.com/ubi9/ubi-minimal:9.4\nRUN microdnf install tar && microdnf clean all\n',
        why: 'microdnf does not ask.',
      },
      {
        code: 'FROM fedora:42\nRUN echo assumeyes=True >> /etc/dnf/dnf.conf && dnf install httpd && dnf clean all\n',
        why: 'It is configured.',
      },
    ],
  },
  ...reportsQuestions({
    managers: ['dnf', 'tdnf'],
    known: ({ manager, verb }) => manager === 'dnf' && /^(?:|group|local)install$/.test(verb.value),
    setting: DNF_ASSUMES_YES,
  }),
});
