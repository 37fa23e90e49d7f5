import { reportsCacheLeft } from './packages/cache-left.js';
import { DNF_CACHE } from './packages/caches.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'dnf-cache-left',
  codes: ['DL3040', 'DS-0019'],
  summary: 'The cache of `dnf` or `microdnf` stays in the image.',
  rationale:
    'Downloaded packages and metadata are kept in the layer: a later RUN cannot shrink it. Clean up at the end of the same RUN, or keep them in a cache mount.',
  category: 'size',
  practice: 'small-images',
  severity: 'info',
  minor: true,
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM fedora:42\nRUN «dnf install» -y httpd\n',
        fixed: 'FROM fedora:42\nRUN dnf install -y httpd \\\n    && dnf clean all\n',
      },
      {
        code: 'FROM registry.access.redhat.com/ubi9/ubi-minimal:9.4\nRUN «microdnf install» -y \\\n    tar\n',
        fixed:
          'FROM registry.access.redhat.com/ubi9/ubi-minimal:9.4\nRUN microdnf install -y \\\n    tar \\\n    && microdnf clean all\n',
      },
      {
        code: 'FROM fedora:42\nRUN «dnf install» -y httpd && rm -rf /tmp/x\n',
        fixed: 'FROM fedora:42\nRUN dnf install -y httpd && rm -rf /tmp/x && dnf clean all\n',
        why: 'Some other `rm -rf` cleans nothing.',
      },
    ],
    good: [
      {
        code: 'FROM fedora:42\nRUN dnf install -y httpd && rm -rf /var/cache/libdnf5\n',
        why: 'Removing the directory does as well.',
      },
      {
        code: 'FROM fedora:42\nRUN --mount=type=cache,target=/var/cache/libdnf5 dnf install -y httpd\n',
        why: 'A cache mount keeps it out of the layer.',
      },
    ],
  },
  ...reportsCacheLeft(DNF_CACHE),
});
