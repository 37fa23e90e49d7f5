import { withoutKey } from '../removals.js';
import { defineComposeRule } from '../rule.js';
import { isPrivileged } from '../service-facts.js';
import { ownServices } from '../services.js';
import { entryOf, knownText } from '../value.js';

export default defineComposeRule({
  id: 'host-cgroup',
  codes: ['cgroup_not_default', 'CIS-5.25'],
  summary: 'A service sets its own control group.',
  rationale:
    'Limits of memory and CPU hang on the control group. With `cgroup: host` or a `cgroup_parent` of one’s own, it is easy to escape from those that were meant for the container.',
  category: 'security',
  practice: 'permissions',
  severity: 'info',
  profile: 'strict',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    «cgroup_parent: m-executor»\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n',
      },
    ],
    good: [
      { code: 'services:\n  web:\n    image: nginx:1.29\n    cgroup: private\n', why: 'It is the container’s own.' },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      if (isPrivileged(service)) continue;
      for (const key of ['cgroup', 'cgroup_parent']) {
        const entry = entryOf(service.body, key);
        const value = entry && knownText(entry.value);
        if (!entry || value === undefined || (key === 'cgroup' && value !== 'host')) continue;
        report(entry, {
          message: `“${service.name}” is not in the control group that Docker creates for it. Remove \`${key}\` unless limits are set there.`,
          fixes: () => [withoutKey(project, service, key, 'manual')],
        });
      }
    }
  },
});
