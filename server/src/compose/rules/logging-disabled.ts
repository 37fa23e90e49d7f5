import { fixOf, replaceScalar } from '../edits.js';
import { defineComposeRule } from '../rule.js';
import { isJob } from '../service-facts.js';
import { ownServices } from '../services.js';
import { entryOf, knownText, valueAt } from '../value.js';

export default defineComposeRule({
  id: 'logging-disabled',
  codes: ['CL-0014'],
  summary: 'The logs of a service are discarded.',
  rationale: 'Without logs nobody finds out what has happened. To save space, limit them: `driver: local`.',
  category: 'maintainability',
  severity: 'info',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    logging:\n      «driver: none»\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n    logging:\n      driver: local\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    logging: {driver: journald}\n',
        why: 'The journal keeps them.',
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      const driver = entryOf(valueAt(service.body, 'logging'), 'driver');
      if (!driver || knownText(driver.value) !== 'none' || isJob(service, project)) continue;
      report(driver, {
        message: `The logs of “${service.name}” are discarded. Use the \`local\` driver, which limits their size.`,
        fixes: () => [
          driver.value.kind === 'scalar'
            ? fixOf(
                'Use the `local` driver',
                'review',
                replaceScalar(project, driver.value, 'local', ['services', service.name, 'logging', 'driver']),
              )
            : undefined,
        ],
      });
    }
  },
});
