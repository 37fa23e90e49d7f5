import { dependenciesOf } from '../dependencies.js';
import { addToService, fixOf } from '../edits.js';
import { healthOf } from '../health.js';
import { rowOf } from '../needs.js';
import type { Project, Service } from '../project.js';
import { defineComposeRule } from '../rule.js';
import { canLack, isJob, profilesOf } from '../service-facts.js';
import { ownServices } from '../services.js';

/** It has ports, or others depend on it. */
const serves = (service: Service, { services }: Project): boolean =>
  service.body.entries.has('ports') ||
  service.body.entries.has('expose') ||
  [...services.values()].some(other => dependenciesOf(other).some(({ name }) => name === service.name));

export default defineComposeRule({
  id: 'missing-healthcheck',
  codes: ['healthcheck_not_set', 'CIS-5.27'],
  summary: 'A service has no health check.',
  rationale:
    'Without a health check, Docker sees only whether the program runs, not whether it answers: `depends_on` cannot wait for it, and nobody is told when it hangs.',
  category: 'maintainability',
  practice: 'healthcheck',
  severity: 'hint',
  profile: 'strict',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  «db»:\n    image: redis:8.0\n    ports: ["127.0.0.1:6379:6379"]\n',
        fixed:
          'services:\n  db:\n    image: redis:8.0\n    healthcheck:\n      test:\n        - CMD\n        - redis-cli\n        - ping\n      interval: 10s\n      timeout: 5s\n      retries: 5\n    ports: ["127.0.0.1:6379:6379"]\n',
      },
    ],
    good: [
      { code: 'services:\n  db:\n    image: redis:8.0\n', why: 'Nobody asks whether it is there.' },
      {
        code: 'services:\n  web:\n    build: .\n    ports: ["127.0.0.1:80:80"]\n',
        why: 'The image has one.',
        files: { Dockerfile: 'FROM nginx:1.29\nHEALTHCHECK CMD curl -f http://localhost/\n' },
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      if (!canLack(service, project) || isJob(service, project) || profilesOf(service).length > 0) continue;
      if (healthOf(service, project) !== 'none' || !serves(service, project)) continue;
      const probe = rowOf(service)?.probe;
      report(
        { source: service.entry.source, span: service.entry.keySpan },
        {
          message: `“${service.name}” has no health check. Add one so that Docker knows whether it works.`,
          fixes: () => [
            probe && !service.body.entries.has('healthcheck')
              ? fixOf(
                  'Add a health check',
                  'review',
                  addToService(project, service, {
                    healthcheck: { test: probe, interval: '10s', timeout: '5s', retries: 5 },
                  }),
                )
              : undefined,
          ],
        },
      );
    }
  },
});
