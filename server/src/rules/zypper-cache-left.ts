import { reportsCacheLeft } from './packages/cache-left.js';
import { ZYPPER_CACHE } from './packages/caches.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'zypper-cache-left',
  codes: ['DL3036', 'DS-0020'],
  summary: 'The cache of `zypper` stays in the image.',
  rationale:
    'Downloaded packages and metadata are kept in the layer: a later RUN cannot shrink it. Clean up at the end of the same RUN, or keep them in a cache mount.',
  category: 'size',
  practice: 'small-images',
  severity: 'info',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM opensuse/leap:15.6\nRUN «zypper install» -y httpd\n',
        fixed: 'FROM opensuse/leap:15.6\nRUN zypper install -y httpd \\\n    && zypper clean --all\n',
      },
      {
        code: 'FROM opensuse/leap:15.6\nRUN «zypper -n in» httpd \\\n && make\n',
        fixed: 'FROM opensuse/leap:15.6\nRUN zypper -n in httpd \\\n && make \\\n && zypper clean --all\n',
      },
    ],
    good: [
      { code: 'FROM opensuse/leap:15.6\nRUN zypper -n in httpd && zypper cc -a\n', why: 'Short names count.' },
      {
        code: 'FROM opensuse/leap:15.6\nRUN --mount=type=cache,target=/var/cache/zypp zypper -n in httpd\n',
        why: 'A cache mount keeps it out of the layer.',
      },
    ],
  },
  ...reportsCacheLeft(ZYPPER_CACHE),
});
