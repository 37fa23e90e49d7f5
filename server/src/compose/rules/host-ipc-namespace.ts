import { fixOf, replaceEntry } from '../edits.js';
import { withoutKey } from '../removals.js';
import { defineComposeRule } from '../rule.js';
import { hostNamespaces } from '../services.js';

export default defineComposeRule({
  id: 'host-ipc-namespace',
  codes: ['CL-0010', 'shared_host_ipc_namespace', 'CIS-5.17'],
  summary: 'A service shares memory with programs of the host.',
  rationale:
    'With `ipc: host` the program can read and change what programs of the host keep in shared memory. Where it is there for more shared memory, as with PyTorch, `shm_size` gives that.',
  category: 'security',
  practice: 'permissions',
  severity: 'warning',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    «ipc: host»\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n    shm_size: 1gb\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    ipc: shareable\n',
        why: 'It is its own memory, which other services may join.',
      },
    ],
  },
  check({ project, report }) {
    for (const { service, entry } of hostNamespaces(project, 'ipc')) {
      const hasSize = service.body.entries.has('shm_size');
      report(entry, {
        message: `“${service.name}” shares memory with programs of the host. Remove \`ipc\`, or set \`shm_size\` if the service needs more shared memory.`,
        fixes: () => [
          hasSize
            ? undefined
            : fixOf('Set `shm_size` to 1 GB', 'review', replaceEntry(project, entry, 'shm_size', '1gb', service.name)),
          withoutKey(project, service, 'ipc'),
        ],
      });
    }
  },
});
