import { reportsUnpinned } from './packages/unpinned.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'unpinned-zypper-package',
  codes: ['DL3037'],
  summary: '`zypper install` installs a package without a pinned version.',
  rationale:
    'The same line installs something else each time it is built, so a build that worked may break or change behaviour. Exact pins have a price: mirrors drop old versions, and the build then fails until the pin is raised. A pinned base image with a lock file is the usual alternative.',
  category: 'reproducibility',
  practice: 'precise-versions',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  examples: {
    bad: [{ code: 'FROM opensuse/leap:15.6\nRUN zypper -n install «httpd»\n' }],
    good: [
      {
        code: 'FROM opensuse/leap:15.6\nRUN zypper -n install httpd=2.4.58 "git>=2.40"\n',
        why: 'Versions, exact or at least.',
      },
      { code: 'FROM opensuse/leap:15.6\nRUN zypper -n install ./tool.rpm\n', why: 'A file.' },
      {
        code: 'FROM opensuse/leap:15.6\nRUN zypper -n install -t pattern devel_basis\n',
        why: 'A pattern has no version.',
      },
    ],
  },
  ...reportsUnpinned(['zypper']),
});
