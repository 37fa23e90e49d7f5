import { withoutKey } from '../removals.js';
import { defineComposeRule } from '../rule.js';
import { hostNamespaces } from '../services.js';

export default defineComposeRule({
  id: 'host-user-namespace',
  codes: ['shared_host_user_namespace', 'CIS-5.31'],
  summary: 'A service is excluded from user namespace remapping.',
  rationale:
    'Where the daemon maps root of containers to another user of the host (`userns-remap`), `userns_mode: host` takes that protection away again. Without such a mapping it changes nothing.',
  category: 'security',
  practice: 'permissions',
  severity: 'info',
  profile: 'strict',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    «userns_mode: host»\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n',
      },
    ],
    good: [{ code: 'services:\n  web:\n    image: nginx:1.29\n', why: 'The daemon decides.' }],
  },
  check({ project, report }) {
    for (const { service, entry } of hostNamespaces(project, 'userns_mode')) {
      report(entry, {
        message: `“${service.name}” is excluded from user namespace remapping. Remove \`userns_mode\`.`,
        fixes: () => [withoutKey(project, service, 'userns_mode')],
      });
    }
  },
});
