import { fixOf } from '../edits.js';
import { addLimit, limitOf } from '../limits.js';
import { defineComposeRule } from '../rule.js';
import { canLack, isJob } from '../service-facts.js';
import { ownServices } from '../services.js';

export default defineComposeRule({
  id: 'memory-not-limited',
  codes: ['CL-0026', 'memory_not_limited', 'CIS-5.11'],
  summary: 'A service can use all memory of the host.',
  rationale:
    'When memory runs out, the kernel ends some program of the host, and not always the one that took it. A limit ends the right one. Reservations are no limit. How much a service needs shows `docker stats`; what the fix writes is a guess to begin with.',
  category: 'performance',
  severity: 'info',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  «web»:\n    image: nginx:1.29\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n    mem_limit: 512m\n',
      },
      { code: 'services:\n  web:\n    image: nginx:1.29\n    mem_limit: «0»\n', why: '0 means no limit.' },
      {
        code: 'services:\n  «web»:\n    image: nginx:1.29\n    deploy:\n      resources:\n        reservations:\n          memory: 256M\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.29\n    deploy:\n      resources:\n        reservations:\n          memory: 256M\n        limits:\n          memory: 512m\n',
        why: 'A reservation does not limit anything.',
      },
    ],
    good: [
      { code: 'services:\n  web:\n    image: nginx:1.29\n    mem_limit: 512m\n', why: 'It is limited.' },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    deploy:\n      resources:\n        limits:\n          memory: 512M\n',
        why: 'This form counts too, without swarm.',
      },
      { code: 'services:\n  web:\n    image: nginx:1.29\n    mem_limit: ${MEM}\n', why: 'Nobody knows what it is.' },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      if (!canLack(service, project) || isJob(service, project)) continue;
      const { state, value } = limitOf(service, 'memory');
      if (state === 'limited' || state === 'unknown') continue;
      report(value ?? { source: service.entry.source, span: service.entry.keySpan }, {
        message: `“${service.name}” can use all memory of the host. Set a limit; \`docker stats\` shows what it needs.`,
        minor: value === undefined,
        fixes: () => [
          value
            ? undefined
            : fixOf('Limit to 512 MB (adjust the value)', 'review', addLimit(project, service, 'memory', '512m')),
        ],
      });
    }
  },
});
