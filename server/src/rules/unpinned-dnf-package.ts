import { reportsUnpinned } from './packages/unpinned.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'unpinned-dnf-package',
  codes: ['DL3041'],
  summary: '`dnf install` installs a package without a pinned version.',
  rationale:
    'The same line installs something else each time it is built, so a build that worked may break or change behaviour. Exact pins have a price: mirrors drop old versions, and the build then fails until the pin is raised. A pinned base image with a lock file is the usual alternative.',
  category: 'reproducibility',
  practice: 'precise-versions',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM fedora:42\nRUN dnf install -y «httpd» openssl-1:3.2.2 && dnf clean all\n' },
      { code: 'FROM fedora:42\nRUN dnf module install -y «nodejs» && dnf clean all\n', why: 'A module has a stream.' },
    ],
    good: [
      {
        code: 'FROM fedora:42\nARG V=2.51\nRUN dnf install -y git-core-${V} && dnf clean all\n',
        why: 'The version is in a variable.',
      },
      {
        code: 'FROM fedora:42\nRUN dnf install -y gcc-c++-14.2.1 https://example.org/x.rpm && dnf clean all\n',
        why: 'A version, and a file.',
      },
      {
        code: "FROM fedora:42\nRUN dnf install -y 'dnf-command(config-manager)' @development-tools && dnf clean all\n",
        why: 'A capability and a group have no version.',
      },
    ],
  },
  ...reportsUnpinned(['dnf', 'microdnf', 'tdnf']),
});
