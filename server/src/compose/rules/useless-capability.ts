import { closest } from '../../text/closest.js';
import { CAPABILITIES, DEFAULTS } from '../capabilities.js';
import { fixOf, removeItem, replaceScalar } from '../edits.js';
import { defineComposeRule } from '../rule.js';
import { capabilitiesIn, dropsAll, isPrivileged } from '../service-facts.js';
import { ownServices } from '../services.js';

export default defineComposeRule({
  id: 'useless-capability',
  codes: ['CIS-5.4'],
  summary: 'An entry of `cap_add` or `cap_drop` changes nothing.',
  rationale:
    'Docker gives 14 capabilities to every container: to add one of them changes nothing unless it was dropped. A name that the kernel does not know keeps the container from starting.',
  category: 'correctness',
  severity: 'hint',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    cap_add:\n      - «CHOWN»\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    cap_drop: [ALL]\n    cap_add: [«NET_BIND_SERVICES»]\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n    cap_drop: [ALL]\n    cap_add: [NET_BIND_SERVICE]\n',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    cap_drop: [ALL, «ALL»]\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n    cap_drop: [ALL]\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    cap_drop: [ALL]\n    cap_add: [CHOWN]\n',
        why: 'It is added back.',
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      if (isPrivileged(service)) continue;
      const dropsThem = dropsAll(service);
      const dropped = new Set(capabilitiesIn(service, 'cap_drop').map(({ name }) => name));
      for (const key of ['cap_add', 'cap_drop'] as const) {
        const seen = new Set<string>();
        for (const { name, item } of capabilitiesIn(service, key)) {
          const path = ['services', service.name, key];
          const without = fixOf(`Remove ${name}`, 'safe', removeItem(project, item, ...path));
          if (name !== 'ALL' && !CAPABILITIES.includes(name)) {
            const meant = closest(name, CAPABILITIES);
            report(item, {
              message: `There is no capability \`${name}\`${meant ? `. Did you mean ${meant}?` : ', so the container does not start.'}`,
              severity: 'error',
              fixes: () => [
                meant ? fixOf(`Change to ${meant}`, 'review', replaceScalar(project, item, meant, path)) : undefined,
              ],
            });
          } else if (seen.has(name))
            report(item, { message: `\`${name}\` is already in this list. Remove it.`, fixes: [without] });
          else if (key === 'cap_add' && !dropsThem && !dropped.has(name) && DEFAULTS.includes(name))
            report(item, {
              message: `Containers have \`${name}\` by default. Remove it, or drop all others with \`cap_drop: [ALL]\`.`,
              fixes: () => [without],
            });
          seen.add(name);
        }
      }
    }
  },
});
