import { fixOf } from '../edits.js';
import { addLimit, limitOf } from '../limits.js';
import { defineComposeRule } from '../rule.js';
import { canLack, isJob } from '../service-facts.js';
import { ownServices } from '../services.js';

export default defineComposeRule({
  id: 'processes-not-limited',
  codes: ['pids_limit_not_set', 'CIS-5.29'],
  summary: 'A service can start any number of processes.',
  rationale:
    'A program that starts itself again and again takes the host down. Threads count too: a web server gets along with 200, Java and browsers need more.',
  category: 'performance',
  severity: 'hint',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  «web»:\n    image: nginx:1.29\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n    pids_limit: 200\n',
      },
      { code: 'services:\n  web:\n    image: nginx:1.29\n    pids_limit: «-1»\n', why: '-1 means no limit.' },
    ],
    good: [{ code: 'services:\n  web:\n    image: nginx:1.29\n    pids_limit: 200\n', why: 'It is limited.' }],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      if (!canLack(service, project) || isJob(service, project)) continue;
      const { state, value } = limitOf(service, 'pids');
      if (state === 'limited' || state === 'unknown') continue;
      report(value ?? { source: service.entry.source, span: service.entry.keySpan }, {
        message: `“${service.name}” can start any number of processes. Set \`pids_limit\`.`,
        minor: value === undefined,
        fixes: () => [
          value
            ? undefined
            : fixOf('Limit to 200 processes (adjust the value)', 'review', addLimit(project, service, 'pids', 200)),
        ],
      });
    }
  },
});
