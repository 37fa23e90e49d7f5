import { fixOf, removeKey } from '../edits.js';
import { RESOURCE_KINDS } from '../project.js';
import { resourcesOf } from '../resources.js';
import { defineComposeRule } from '../rule.js';
import { entriesOf, truth, valueAt } from '../value.js';

export default defineComposeRule({
  id: 'unused-resource',
  codes: [],
  summary: 'A network, volume, secret or config is declared but not used.',
  rationale: 'It is of no use, and often left over from a service that is gone, or a slip in a name.',
  category: 'maintainability',
  severity: 'hint',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    volumes: ["data:/data"]\nvolumes:\n  data:\n  «old:»\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n    volumes: ["data:/data"]\nvolumes:\n  data:\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\nnetworks:\n  default:\n    name: team\n',
        why: 'All services are in it.',
      },
    ],
  },
  check({ project, report }) {
    if (project.isFragment || project.mayHaveOverlays) return;
    const used = new Set(
      [...project.services.values()].flatMap(service =>
        resourcesOf(service).map(({ kind, name }) => `${kind} ${name}`),
      ),
    );
    if ([...project.services.values()].some(({ body }) => valueAt(body, 'build', 'secrets'))) return;
    for (const kind of RESOURCE_KINDS)
      for (const entry of entriesOf(valueAt(project.own.root, kind))) {
        if (used.has(`${kind} ${entry.key}`) || entry.key === 'default' || entry.key.startsWith('x-')) continue;
        if (truth(valueAt(entry.value, 'external')) === true || entry.isMerged) continue;
        report(entry, {
          message: `No service uses the ${kind.slice(0, -1)} “${entry.key}”. Remove it.`,
          tag: 'unnecessary',
          fixes: () => [fixOf(`Remove ${entry.key}`, 'review', removeKey(project, kind, entry.key))],
        });
      }
  },
});
