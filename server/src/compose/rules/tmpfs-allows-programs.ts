import { fixOf, replaceScalar } from '../edits.js';
import { tmpfsOf } from '../mounts.js';
import { defineComposeRule } from '../rule.js';
import { ownServices } from '../services.js';

export default defineComposeRule({
  id: 'tmpfs-allows-programs',
  codes: ['CL-0022'],
  summary: 'Programs can run from a tmpfs.',
  rationale:
    'What is written to a `tmpfs` cannot be started there unless `exec` or `suid` allows it. Some programs need that, such as Java with native libraries in /tmp.',
  category: 'security',
  practice: 'permissions',
  severity: 'hint',
  profile: 'strict',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    tmpfs:\n      - «/tmp:exec,size=64m»\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n    tmpfs:\n      - /tmp:size=64m\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    tmpfs: ["/tmp:noexec,size=64m"]\n',
        why: 'It is not allowed.',
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project))
      for (const item of tmpfsOf(service)) {
        const options = item.text.split(':')[1]?.split(',') ?? [];
        const bad = options.filter(option => /^(?:exec|suid)$/.test(option));
        if (bad.length === 0 || !item.isKnown) continue;
        const left = options.filter(option => !bad.includes(option));
        const text = `${item.text.split(':')[0]}${left.length > 0 ? `:${left.join(',')}` : ''}`;
        report(item, {
          message: `Programs can run from ${item.text.split(':')[0]}. Remove ${bad.join(' and ')} unless “${service.name}” needs it.`,
          fixes: () => [
            item.raw === item.text
              ? fixOf(
                  `Remove ${bad.join(' and ')}`,
                  'review',
                  replaceScalar(project, item, text, ['services', service.name, 'tmpfs']),
                )
              : undefined,
          ],
        });
      }
  },
});
