import { fixOf, replaceScalar } from '../edits.js';
import { defineComposeRule } from '../rule.js';
import { isJob } from '../service-facts.js';
import { ownServices } from '../services.js';
import { entryOf, knownText, valueAt } from '../value.js';

export default defineComposeRule({
  id: 'logging-disabled',
  codes: ['CL-0014'],
  summary: 'What a service prints is thrown away.',
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
        message: `What “${service.name}” prints is thrown away: use the driver local, which limits it.`,
        fixes: () => [
          driver.value.kind === 'scalar'
            ? fixOf(
                'Use the driver local',
                'review',
                replaceScalar(project, driver.value, 'local', ['services', service.name, 'logging', 'driver']),
              )
            : undefined,
        ],
      });
    }
  },
});
