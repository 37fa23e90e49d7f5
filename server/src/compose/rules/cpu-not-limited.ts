import { fixOf } from '../edits.js';
import { addLimit, limitOf } from '../limits.js';
import { defineComposeRule } from '../rule.js';
import { canLack, isJob } from '../service-facts.js';
import { ownServices } from '../services.js';

export default defineComposeRule({
  id: 'cpu-not-limited',
  codes: ['CL-0026', 'cpus_not_limited', 'CIS-5.12'],
  summary: 'A service can use all CPUs of the host.',
  rationale: 'A program that goes wild, or is attacked, slows down everything beside it. `cpus: 1.0` is one processor.',
  category: 'performance',
  severity: 'hint',
  profile: 'strict',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  «web»:\n    image: nginx:1.29\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n    cpus: 1\n',
      },
    ],
    good: [{ code: 'services:\n  web:\n    image: nginx:1.29\n    cpus: 0.5\n', why: 'It is limited.' }],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      if (!canLack(service, project) || isJob(service, project)) continue;
      const { state, value } = limitOf(service, 'cpus');
      if (state === 'limited' || state === 'unknown') continue;
      report(value ?? { source: service.entry.source, span: service.entry.keySpan }, {
        message: `“${service.name}” can use all CPUs of the host. Limit it with \`cpus\`.`,
        minor: value === undefined,
        fixes: () => [
          value
            ? undefined
            : fixOf('Limit to one CPU (adjust the value)', 'review', addLimit(project, service, 'cpus', 1)),
        ],
      });
    }
  },
});
