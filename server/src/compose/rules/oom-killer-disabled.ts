import { withoutKey } from '../removals.js';
import { defineComposeRule } from '../rule.js';
import { ownServices } from '../services.js';
import { entryOf, knownText, truth } from '../value.js';

export default defineComposeRule({
  id: 'oom-killer-disabled',
  codes: [],
  summary: 'The OOM killer is disabled for a service.',
  rationale:
    'When the kernel may not end the program that takes the memory, it ends another one, or the host hangs. On hosts with cgroup v2 Docker ignores the key.',
  category: 'performance',
  severity: 'info',
  profile: 'strict',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    «oom_kill_disable: true»\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n',
      },
    ],
    good: [{ code: 'services:\n  web:\n    image: nginx:1.29\n    oom_score_adj: 500\n', why: 'It is ended sooner.' }],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      const kill = entryOf(service.body, 'oom_kill_disable');
      const score = entryOf(service.body, 'oom_score_adj');
      const found =
        kill && truth(kill.value) === true ? kill : score && Number(knownText(score.value)) < 0 ? score : undefined;
      if (!found) continue;
      report(found, {
        message: `When memory runs out, other programs are killed instead of “${service.name}”. Remove \`${found.key}\` and limit its memory.`,
        fixes: () => [withoutKey(project, service, found.key)],
      });
    }
  },
});
