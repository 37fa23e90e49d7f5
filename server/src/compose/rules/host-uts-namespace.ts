import { withoutKey } from '../removals.js';
import { defineComposeRule } from '../rule.js';
import { hostNamespaces } from '../services.js';

export default defineComposeRule({
  id: 'host-uts-namespace',
  codes: ['CIS-5.21'],
  summary: 'A service shares the host name of the host.',
  rationale:
    'With `uts: host` a program with the right capability changes the name of the host. Without SYS_ADMIN it changes nothing at all, so the key is of no use either.',
  category: 'security',
  practice: 'permissions',
  severity: 'info',
  profile: 'strict',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    «uts: host»\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n',
      },
    ],
    good: [{ code: 'services:\n  web:\n    image: nginx:1.29\n', why: 'The container has a name of its own.' }],
  },
  check({ project, report }) {
    for (const { service, entry } of hostNamespaces(project, 'uts')) {
      report(entry, {
        message: `“${service.name}” can change the host name of the host. Remove \`uts\`.`,
        fixes: () => [withoutKey(project, service, 'uts')],
      });
    }
  },
});
