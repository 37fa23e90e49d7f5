import type { Service } from '../project.js';
import { withoutKey } from '../removals.js';
import { defineComposeRule } from '../rule.js';
import { canRunTogether } from '../service-facts.js';
import { ownServices } from '../services.js';
import { entryOf, knownText } from '../value.js';

export default defineComposeRule({
  id: 'duplicate-container-name',
  codes: ['no-duplicate-container-names'],
  summary: 'Two services have one container name.',
  rationale: 'The second one does not start: “the container name is already in use”.',
  category: 'correctness',
  severity: 'error',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  a:\n    image: nginx:1.29\n    container_name: app\n  b:\n    image: httpd:2.4\n    «container_name: app»\n',
        fixed: 'services:\n  a:\n    image: nginx:1.29\n    container_name: app\n  b:\n    image: httpd:2.4\n',
      },
    ],
    good: [
      {
        code: 'services:\n  a:\n    image: nginx:1.29\n    container_name: app-a\n  b:\n    image: httpd:2.4\n    container_name: app-b\n',
        why: 'They are two.',
      },
    ],
  },
  check({ project, report }) {
    const taken = new Map<string, Service>();
    for (const service of ownServices(project)) {
      const entry = entryOf(service.body, 'container_name');
      const name = entry && knownText(entry.value);
      if (!entry || name === undefined) continue;
      const other = taken.get(name);
      taken.set(name, other ?? service);
      if (!other) continue;
      report(entry, {
        message: `“${other.name}” already has this container name. Remove it or choose a different one.`,
        ...(canRunTogether(other, service) ? {} : { severity: 'warning' as const }),
        fixes: () => [withoutKey(project, service, 'container_name')],
      });
    }
  },
});
