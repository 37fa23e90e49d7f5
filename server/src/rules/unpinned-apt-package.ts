import { reportsUnpinned } from './packages/unpinned.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'unpinned-apt-package',
  codes: ['DL3008'],
  summary: '`apt-get install` installs a package without a pinned version.',
  rationale:
    'The same line installs something else each time it is built, so a build that worked may break or change behaviour. Exact pins have a price: mirrors drop old versions, and the build then fails until the pin is raised. A pinned base image with a lock file is the usual alternative.',
  category: 'reproducibility',
  practice: 'precise-versions',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM debian:12\nRUN apt-get update && apt-get install -y «curl» git=1:2.39.5-0+deb12u2\n' },
      {
        code: 'FROM debian:12\nRUN apt-get install -y -t bookworm-backports \\\n    «golang»\n',
        why: 'The release is not a package.',
      },
    ],
    good: [
      {
        code: 'FROM debian:12\nRUN apt-get install -y git=1:2.39.5-0+deb12u2 nano-\n',
        why: 'A dash at the end removes it.',
      },
      {
        code: 'FROM debian:12\nRUN apt-get install -y curl=7.88.1-10+deb12u12 ./tool.deb\n',
        why: 'A version, and a file.',
      },
      {
        code: 'FROM debian:12\nRUN deps="a=1" && apt-get install -y $deps\n',
        why: 'What a variable holds is not known.',
      },
    ],
  },
  ...reportsUnpinned(['apt-get', 'apt', 'aptitude']),
});
