import { rowOf } from '../needs.js';
import { portsOf } from '../ports.js';
import type { Service } from '../project.js';
import { defineComposeRule } from '../rule.js';
import { ownServices } from '../services.js';
import { itemsOf, valueAt } from '../value.js';

export default defineComposeRule({
  id: 'flat-network',
  codes: ['networks_not_set', 'CIS-5.30'],
  summary: 'A web server and a database are in one network.',
  rationale:
    'A web server that is taken over reaches everything in its networks. With two networks, and the inner one `internal: true`, it reaches the program after it and nothing else. Each project has a network of its own, so nothing is reachable for other projects in any case.',
  category: 'security',
  severity: 'hint',
  profile: 'strict',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  «web»:\n    image: nginx:1.29\n    ports: ["80:80"]\n    networks: [all]\n  db:\n    image: postgres:17\n    networks: [all]\nnetworks:\n  all:\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    ports: ["80:80"]\n',
        why: 'The project has a network of its own.',
      },
    ],
  },
  check({ project, report }) {
    const networksOf = (service: Service): readonly string[] => {
      const value = valueAt(service.body, 'networks');
      return value?.kind === 'mapping'
        ? [...value.entries.keys()]
        : itemsOf(value).flatMap(item => (item.kind === 'scalar' ? [item.text] : []));
    };
    const services = ownServices(project).filter(service => service.body.entries.has('networks'));
    const stores = services.filter(service => rowOf(service)?.kind === 'database');
    for (const proxy of services) {
      if (rowOf(proxy)?.kind !== 'proxy' || portsOf(proxy).length === 0) continue;
      const [only, ...more] = networksOf(proxy);
      if (only === undefined || more.length > 0 || !stores.some(store => networksOf(store).includes(only))) continue;
      report(
        { source: proxy.entry.source, span: proxy.entry.keySpan },
        {
          message: `“${proxy.name}” is reachable from outside and shares the network “${only}” with a database. Give the database its own network.`,
        },
      );
    }
  },
});
