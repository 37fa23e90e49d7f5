import { withoutItem } from '../removals.js';
import { defineComposeRule } from '../rule.js';
import { addedCapabilities } from '../services.js';

const HOST = new Set(['ALL', 'SYS_ADMIN', 'SYS_MODULE', 'SYS_RAWIO']);

export default defineComposeRule({
  id: 'host-capability-added',
  codes: ['CL-0024', 'container_capabilities_unrestricted', 'CIS-5.4'],
  summary: 'A service has a capability that amounts to root on the host.',
  rationale:
    'With SYS_ADMIN a program mounts the host’s disks, with SYS_MODULE it loads code into the kernel, with SYS_RAWIO it reads and writes memory and disks past all files; ALL gives all of them.',
  category: 'security',
  practice: 'permissions',
  severity: 'error',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    cap_add:\n      - «SYS_ADMIN»\n      - CHOWN\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n    cap_add:\n      - CHOWN\n',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    cap_add: [«cap_sys_module»]\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n',
        why: 'Prefix and small letters name the same capability.',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    cap_drop: [ALL]\n    cap_add: [CHOWN]\n',
        why: 'This is one of those that containers have anyway.',
      },
    ],
  },
  check({ project, report }) {
    for (const { name, item, service } of addedCapabilities(project)) {
      if (!HOST.has(name)) continue;
      report(item, {
        message: `\`${name}\` amounts to root on the host. Remove it, or add the smaller capability that “${service.name}” needs.`,
        fixes: () => [withoutItem(project, service, 'cap_add', { name, item })],
      });
    }
  },
});
