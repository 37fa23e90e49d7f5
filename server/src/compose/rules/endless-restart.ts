import { fixOf, replaceScalar } from '../edits.js';
import { defineComposeRule } from '../rule.js';
import { ownServices } from '../services.js';
import { entryOf, knownText } from '../value.js';

export default defineComposeRule({
  id: 'endless-restart',
  codes: ['restart_policy_on_failure_not_set_to_5', 'CIS-5.15'],
  summary: 'A service that fails is restarted without limit.',
  rationale:
    'CIS asks for `on-failure:5`, so that a program that cannot start does not try for ever. Most people prefer `unless-stopped`, which waits longer each time.',
  category: 'maintainability',
  severity: 'hint',
  profile: 'all',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    «restart: always»\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n    restart: on-failure:5\n',
      },
    ],
    good: [{ code: 'services:\n  web:\n    image: nginx:1.29\n    restart: on-failure:5\n', why: 'Five times.' }],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      const entry = entryOf(service.body, 'restart');
      const value = entry && knownText(entry.value);
      if (!entry || value === undefined || value === 'no' || value === 'false' || value === 'on-failure:5') continue;
      report(entry, {
        message: `“${service.name}” is restarted without limit. The CIS benchmark recommends \`on-failure:5\`.`,
        fixes: () => [
          entry.value.kind === 'scalar'
            ? fixOf(
                'Try five times',
                'review',
                replaceScalar(project, entry.value, 'on-failure:5', ['services', service.name, 'restart']),
              )
            : undefined,
        ],
      });
    }
  },
});
