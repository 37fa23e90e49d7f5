import { fixOf } from '../edits.js';
import { onLoopback } from '../port-edits.js';
import { isDataStorePort, isForEverybody } from '../port-kinds.js';
import { isOpen, portsOf } from '../ports.js';
import { defineComposeRule } from '../rule.js';
import { ownServices } from '../services.js';
import { knownText, valueAt } from '../value.js';

export default defineComposeRule({
  id: 'port-on-all-interfaces',
  codes: ['CL-0005', 'container_traffic_not_bound_to_host_interface', 'no-unbound-port-interfaces', 'CIS-5.14'],
  summary: 'A published port is open to every machine that can reach the host.',
  rationale:
    'Docker opens published ports past the rules of ufw and firewalld. A port that only the host itself uses, for example behind a proxy, belongs on 127.0.0.1; services of a project reach one another without any published port.',
  category: 'security',
  severity: 'info',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    ports:\n      - «"8080:80"»\n',
        fixed: 'services:\n  app:\n    image: example/app:1\n    ports:\n      - "127.0.0.1:8080:80"\n',
      },
      {
        code: 'services:\n  app:\n    image: example/app:1\n    ports: [«8080»]\n',
        fixed: 'services:\n  app:\n    image: example/app:1\n    ports: ["127.0.0.1::8080"]\n',
        why: 'Docker chooses the port of the host.',
      },
      {
        code: 'services:\n  app:\n    image: example/app:1\n    ports: [«"[::]:8080:80"»]\n',
        fixed: 'services:\n  app:\n    image: example/app:1\n    ports: ["127.0.0.1:8080:80"]\n',
        why: 'The same, spelled out for IPv6.',
      },
      {
        code: 'services:\n  app:\n    image: example/app:1\n    ports:\n      - «target: 80\n        published: "8080"»\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    ports:\n      - target: 80\n        published: "8080"\n        host_ip: 127.0.0.1\n',
      },
    ],
    good: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    ports: ["${BIND:-127.0.0.1}:8080:80"]\n',
        why: 'The default is the host itself.',
      },
      {
        code: 'services:\n  web:\n    image: traefik:v3.5\n    ports: ["80:80", "443:443"]\n',
        why: 'A web server is there for everybody.',
      },
      { code: 'services:\n  app:\n    image: example/app:1\n    expose: ["8080"]\n', why: 'This publishes nothing.' },
    ],
  },
  check({ project, report }) {
    if (project.isSwarm) return;
    for (const service of ownServices(project)) {
      if (knownText(valueAt(service.body, 'network_mode')) === 'host') continue;
      for (const port of portsOf(service)) {
        if (!port.isKnown || !isOpen(port) || isDataStorePort(service, port) || isForEverybody(service, port)) continue;
        report(port, {
          message: `Port ${port.published || port.target} is open to every machine that can reach the host. Prefix it with \`127.0.0.1:\` if only the host uses it.`,
          minor: project.isForTrying,
          fixes: () => [fixOf('Open it to the host only', 'review', onLoopback(project, service, port))],
        });
      }
    }
  },
});
