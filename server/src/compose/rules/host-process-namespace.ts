import { withoutKey } from '../removals.js';
import { defineComposeRule } from '../rule.js';
import { imageNameOf } from '../service-facts.js';
import { hostNamespaces } from '../services.js';

/** Monitoring, which is about the processes of the host. */
const MEANT = /node[-_]exporter|cadvisor|datadog|netdata|agent|falco|btop|htop|glances|newrelic|dynatrace/;

export default defineComposeRule({
  id: 'host-process-namespace',
  codes: ['CL-0010', 'host_namespace_is_shared', 'CIS-5.16'],
  summary: 'A service sees the processes of the host.',
  rationale:
    'With `pid: host` the program sees every process of the host with its arguments and environment, and with the right user or capability it can end or change them. Only monitoring needs this.',
  category: 'security',
  practice: 'permissions',
  severity: 'warning',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    «pid: host»\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    pid: "service:app"\n  app:\n    image: nginx:1.29\n',
        why: 'It shares those of a service.',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    init: true\n',
        why: 'Without the key the container has its own.',
      },
    ],
  },
  check({ project, report }) {
    for (const { service, entry } of hostNamespaces(project, 'pid')) {
      report(entry, {
        message: `“${service.name}” can see and end processes of the host. Remove \`pid\`.`,
        ...(MEANT.test(imageNameOf(service)) ? { severity: 'info' as const } : {}),
        fixes: () => [withoutKey(project, service, 'pid')],
      });
    }
  },
});
