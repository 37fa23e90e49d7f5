import { addToService, fixOf } from '../edits.js';
import { defineComposeRule } from '../rule.js';
import { canLack, isJob, profilesOf } from '../service-facts.js';
import { ownServices } from '../services.js';
import { valueAt } from '../value.js';

export default defineComposeRule({
  id: 'missing-restart-policy',
  codes: ['CIS-5.15'],
  summary: 'A service is not restarted after it ends or after the host restarts.',
  rationale:
    'Docker starts a container again only when `restart` says so. `unless-stopped` keeps it running until somebody stops it.',
  category: 'maintainability',
  severity: 'hint',
  profile: 'strict',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  «web»:\n    image: nginx:1.29\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n    restart: unless-stopped\n',
      },
    ],
    good: [
      { code: 'services:\n  web:\n    image: nginx:1.29\n    restart: always\n', why: 'It has one.' },
      { code: 'services:\n  web:\n    image: nginx:1.29\n    restart: "no"\n', why: 'It is meant so.' },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      if (
        !canLack(service, project) ||
        isJob(service, project) ||
        profilesOf(service).length > 0 ||
        project.isForTrying
      )
        continue;
      if (service.body.entries.has('restart') || service.body.entries.has('develop')) continue;
      if (valueAt(service.body, 'deploy', 'restart_policy')) continue;
      report(
        { source: service.entry.source, span: service.entry.keySpan },
        {
          message: `“${service.name}” is not restarted after it ends. Set \`restart: unless-stopped\` if it should always run.`,
          fixes: () => [
            fixOf(
              'Restart it unless it was stopped',
              'review',
              addToService(project, service, { restart: 'unless-stopped' }),
            ),
          ],
        },
      );
    }
  },
});
