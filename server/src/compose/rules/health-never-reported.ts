import { dependenciesOf } from '../dependencies.js';
import { addToService, fixOf, replaceScalar } from '../edits.js';
import { healthOf } from '../health.js';
import { rowOf } from '../needs.js';
import { defineComposeRule } from '../rule.js';
import { ownServices } from '../services.js';

export default defineComposeRule({
  id: 'health-never-reported',
  codes: [],
  summary: 'A service waits for the health of a service without a health check.',
  rationale: '`docker compose up` fails: “container has no healthcheck configured”.',
  category: 'correctness',
  practice: 'healthcheck',
  severity: 'error',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    depends_on:\n      db: {condition: «service_healthy»}\n  db:\n    image: example/db:1\n    healthcheck: {disable: true}\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    depends_on:\n      db: {condition: service_started}\n  db:\n    image: example/db:1\n    healthcheck: {disable: true}\n',
      },
    ],
    good: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    depends_on:\n      db: {condition: service_healthy}\n  db:\n    image: example/db:1\n',
        why: 'An image that is not known may have one.',
      },
    ],
  },
  check({ project, report }) {
    if (project.isFragment) return;
    for (const service of ownServices(project))
      for (const dependency of dependenciesOf(service)) {
        const other = project.services.get(dependency.name);
        const { conditionValue } = dependency;
        if (!other || dependency.condition !== 'service_healthy' || !conditionValue) continue;
        const health = healthOf(other, project);
        if (health !== 'switched off' && health !== 'none') continue;
        const probe = rowOf(other)?.probe;
        const isNew = probe && !other.body.entries.has('healthcheck');
        report(conditionValue, {
          message: `“${dependency.name}” has no health check, so \`docker compose up\` fails. Add one there, or wait for \`service_started\`.`,
          fixes: () => [
            isNew
              ? fixOf(
                  `Add a health check to ${dependency.name}`,
                  'review',
                  addToService(project, other, {
                    healthcheck: { test: probe, interval: '10s', timeout: '5s', retries: 5 },
                  }),
                )
              : undefined,
            fixOf(
              'Wait until it is started',
              'review',
              replaceScalar(project, conditionValue, 'service_started', ['services', service.name, 'depends_on']),
            ),
          ],
        });
      }
  },
});
