import { imageHealth, isOff } from '../health.js';
import { withoutKey } from '../removals.js';
import { defineComposeRule } from '../rule.js';
import { ownServices } from '../services.js';
import { entryOf } from '../value.js';

export default defineComposeRule({
  id: 'healthcheck-disabled',
  codes: ['healthcheck_not_set', 'CIS-5.27'],
  summary: 'The health check of a service is disabled.',
  rationale: 'Docker then sees only whether the program runs, not whether it answers.',
  category: 'maintainability',
  practice: 'healthcheck',
  severity: 'info',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    «healthcheck: {disable: true}»\n',
        fixed: 'services:\n  app:\n    image: example/app:1\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    healthcheck: {test: "curl -f http://localhost"}\n',
        why: 'There is one.',
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      const entry = entryOf(service.body, 'healthcheck');
      if (!entry || !isOff(entry.value)) continue;
      const isUseless = imageHealth(service, project) === 'none';
      report(entry, {
        message: isUseless
          ? `The image of “${service.name}” has no health check to disable. Remove this, or add a health check.`
          : `The health check of “${service.name}” is disabled. Remove this, or write a health check that works.`,
        ...(isUseless ? { severity: 'hint' as const } : {}),
        fixes: () => [withoutKey(project, service, 'healthcheck')],
      });
    }
  },
});
