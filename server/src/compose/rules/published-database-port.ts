import { fixOf } from '../edits.js';
import { onLoopback } from '../port-edits.js';
import { isDataStorePort } from '../port-kinds.js';
import { isOpen, portsOf } from '../ports.js';
import { defineComposeRule } from '../rule.js';
import { ownServices } from '../services.js';
import { knownText, valueAt } from '../value.js';

export default defineComposeRule({
  id: 'published-database-port',
  codes: ['CL-0005', 'container_traffic_not_bound_to_host_interface', 'no-unbound-port-interfaces', 'CIS-5.14'],
  summary: 'A database is open to every machine that can reach the host.',
  rationale:
    'Docker opens published ports past the rules of ufw and firewalld, and databases are what is searched for on the internet. Services of the project reach it by its name without any published port.',
  category: 'security',
  severity: 'warning',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  db:\n    image: postgres:17\n    ports:\n      - «"5432:5432"»\n  app:\n    image: example/app:1\n',
        fixed:
          'services:\n  db:\n    image: postgres:17\n    ports:\n      - "127.0.0.1:5432:5432"\n  app:\n    image: example/app:1\n',
      },
      {
        code: 'services:\n  db:\n    image: example/store:1\n    ports: [«15432:5432»]\n  app:\n    image: example/app:1\n',
        fixed:
          'services:\n  db:\n    image: example/store:1\n    ports: ["127.0.0.1:15432:5432"]\n  app:\n    image: example/app:1\n',
        why: 'The port of the container tells what it is.',
      },
    ],
    good: [{ code: 'services:\n  db:\n    image: postgres:17\n    expose: ["5432"]\n', why: 'It is not published.' }],
  },
  check({ project, report }) {
    if (project.isSwarm) return;
    const services = ownServices(project);
    for (const service of services) {
      if (knownText(valueAt(service.body, 'network_mode')) === 'host') continue;
      for (const port of portsOf(service)) {
        if (!port.isKnown || !isOpen(port) || !isDataStorePort(service, port)) continue;
        const isAlone = services.length === 1;
        report(port, {
          message: `Port ${port.published || port.target} of a database is open to every machine that can reach the host. Prefix it with \`127.0.0.1:\` or remove it.`,
          ...(isAlone ? { severity: 'info' as const } : {}),
          fixes: () => [fixOf('Open it to the host only', 'review', onLoopback(project, service, port))],
        });
      }
    }
  },
});
