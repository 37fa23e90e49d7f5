import { reportsUnpinned } from './packages/unpinned.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'unpinned-yum-package',
  codes: ['DL3033'],
  summary: '`yum install` installs a package without a pinned version.',
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
  ...reportsUnpinned(['yum']),
});
