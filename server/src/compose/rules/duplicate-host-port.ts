import { isOpen, type Port, portsOf, rangeOf } from '../ports.js';
import type { Service } from '../project.js';
import { defineComposeRule } from '../rule.js';
import { canRunTogether } from '../service-facts.js';
import { ownServices } from '../services.js';
import { knownText, valueAt } from '../value.js';

function clash(a: Port, b: Port): boolean {
  if (a.protocol !== b.protocol) return false;
  if (a.address !== b.address && !isOpen(a) && !isOpen(b)) return false;
  const [one, other] = [rangeOf(a.published), rangeOf(b.published)];
  return one !== undefined && other !== undefined && one.from <= other.to && other.from <= one.to;
}

export default defineComposeRule({
  id: 'duplicate-host-port',
  codes: ['no-duplicate-exported-ports'],
  summary: 'Two services publish the same port of the host.',
  rationale: 'The second one does not start: “port is already allocated”.',
  category: 'correctness',
  severity: 'error',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  a:\n    image: nginx:1.29\n    ports: ["127.0.0.1:80:80"]\n  b:\n    image: httpd:2.4\n    ports: [«"80:8080"»]\n',
      },
    ],
    good: [
      {
        code: 'services:\n  a:\n    image: nginx:1.29\n    ports: ["53:53/udp"]\n  b:\n    image: httpd:2.4\n    ports: ["53:53/tcp"]\n',
        why: 'UDP and TCP are two ports.',
      },
      {
        code: 'services:\n  a:\n    image: nginx:1.29\n    profiles: [prod]\n    ports: ["80:80"]\n  b:\n    image: httpd:2.4\n    profiles: [dev]\n    ports: ["80:80"]\n',
        why: 'They are never started together.',
      },
    ],
  },
  check({ project, report }) {
    if (project.isSwarm) return;
    const taken: { readonly service: Service; readonly port: Port }[] = [];
    for (const service of ownServices(project)) {
      if (knownText(valueAt(service.body, 'network_mode')) === 'host') continue;
      const own: Port[] = [];
      for (const port of portsOf(service)) {
        if (!port.isKnown || port.published === '') continue;
        // A range of the host for one port of the container is one to choose from.
        if (port.published.includes('-') && !port.target.includes('-')) continue;
        const other = taken.find(one => clash(one.port, port) && canRunTogether(one.service, service));
        const twice = own.find(one => clash(one, port));
        own.push(port);
        if (!other && (!twice || twice.target === port.target)) continue;
        report(port, {
          message: `“${other?.service.name ?? service.name}” already publishes port ${port.published} of the host. Choose a different port.`,
        });
      }
      taken.push(...own.map(port => ({ service, port })));
    }
  },
});
