import { reportsCacheLeft } from './packages/cache-left.js';
import { YUM_CACHE } from './packages/caches.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'yum-cache-left',
  codes: ['DL3032', 'DS-0015'],
  summary: 'The cache of `yum` stays in the image.',
  rationale:
    'Downloaded packages and metadata are kept in the layer: a later RUN cannot shrink it. Clean up at the end of the same RUN, or keep them in a cache mount.',
  category: 'size',
  practice: 'small-images',
  severity: 'info',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM centos:7\nRUN «yum install» -y httpd\n',
        fixed: 'FROM centos:7\nRUN yum install -y httpd \\\n    && yum clean all\n',
      },
      {
        code: 'FROM rockylinux:9\nRUN «yum install» -y \\\n      httpd && \\\n    rm -rf /tmp/x\n',
        fixed:
          'FROM rockylinux:9\nRUN yum install -y \\\n      httpd && \\\n    rm -rf /tmp/x && \\\n    yum clean all\n',
        why: 'Some other `rm -rf` cleans nothing.',
      },
      {
        code: 'FROM centos:7\nRUN yum clean all && «yum install» -y git\n',
        fixed: 'FROM centos:7\nRUN yum clean all && yum install -y git && yum clean all\n',
        why: 'Cleaning before the installation is too early.',
      },
      {
        code: 'FROM example/base:1\nRUN command -v apt-get && ./debian.sh || «yum install» -y curl\n',
        why: 'Not every image of these has yum.',
      },
    ],
    good: [
      {
        code: 'FROM centos:7\nRUN yum install -y httpd && rm -rf /var/cache/yum\n',
        why: 'Removing the directory does as well.',
      },
      {
        code: 'FROM centos:7 AS build\nRUN yum install -y gcc\nFROM scratch\nCOPY --from=build /a /a\n',
        why: 'The layers of a builder are thrown away.',
      },
    ],
  },
  ...reportsCacheLeft(YUM_CACHE),
});
