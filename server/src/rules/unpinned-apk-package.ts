import { reportsUnpinned } from './packages/unpinned.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'unpinned-apk-package',
  codes: ['DL3018'],
  summary: '`apk add` installs a package without a pinned version.',
  rationale:
    'The same line installs something else each time it is built, so a build that worked may break or change behaviour. Exact pins have a price: mirrors drop old versions, and the build then fails until the pin is raised. A pinned base image with a lock file is the usual alternative.',
  category: 'reproducibility',
  practice: 'precise-versions',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  examples: {
    bad: [{ code: 'FROM alpine:3.22\nRUN apk add --no-cache «curl» git~2.49\n' }],
    good: [
      {
        code: 'FROM alpine:3.22\nRUN apk add --no-cache --virtual .deps -X https://example.org/edge gcc=14.2.0-r6\n',
        why: 'Names of virtual packages and repositories are no packages.',
      },
      { code: 'FROM alpine:3.22\nRUN apk add --no-cache !pyc ./glibc.apk\n', why: 'A conflict, and a file.' },
    ],
  },
  ...reportsUnpinned(['apk']),
});
