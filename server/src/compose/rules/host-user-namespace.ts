import { fixOf, removeKey } from '../edits.js';
import { defineComposeRule } from '../rule.js';
import { ownServices } from '../services.js';
import { entryOf, knownText } from '../value.js';

export default defineComposeRule({
  id: 'host-user-namespace',
  codes: ['shared_host_user_namespace', 'CIS-5.31'],
  summary: 'A service is left out of the mapping of users.',
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
    for (const service of ownServices(project)) {
      const entry = entryOf(service.body, 'userns_mode');
      if (!entry || knownText(entry.value) !== 'host') continue;
      report(entry, {
        message: `“${service.name}” is left out of the mapping of users: remove userns_mode.`,
        fixes: () => [
          fixOf('Remove userns_mode', 'review', removeKey(project, 'services', service.name, 'userns_mode')),
        ],
      });
    }
  },
});
