import { fixOf, removeKey } from '../edits.js';
import { removeTop } from '../edits-top.js';
import { defineComposeRule } from '../rule.js';
import { ownServices } from '../services.js';
import { entryOf, itemsOf, valueAt } from '../value.js';

/** What only `docker stack deploy` obeys, which wants a version. */
const SWARM = ['placement', 'update_config', 'rollback_config', 'endpoint_mode'];
const OLD: readonly (readonly [key: string, instead: string])[] = [
  ['links', 'Services reach one another by name'],
  ['external_links', 'Put both services in one external network'],
  ['log_driver', 'use logging'],
  ['log_opt', 'use logging'],
  ['net', 'Use `network_mode`'],
];

export default defineComposeRule({
  id: 'obsolete-key',
  codes: ['no-version-field'],
  summary: 'A key is obsolete.',
  rationale:
    'Compose ignores `version` and warns of it at each start. `links` are not needed: services of a project reach one another by their names.',
  category: 'maintainability',
  severity: 'hint',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: '«version: "3.8"»\nservices:\n  web:\n    image: nginx:1.29\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n',
      },
      { code: 'services:\n  web:\n    image: nginx:1.29\n    «links: [db]»\n  db:\n    image: redis:8.0\n' },
    ],
    good: [{ code: 'x-version: "3.8"\nservices:\n  web:\n    image: nginx:1.29\n', why: 'An extension.' }],
  },
  check({ project, report }) {
    if (project.isSwarm) return;
    const version = entryOf(project.own.root, 'version');
    const usesSwarm = ownServices(project).some(({ body }) => SWARM.some(key => valueAt(body, 'deploy', key)));
    if (version && !usesSwarm)
      report(version, {
        message: 'Compose ignores `version` and warns about it. Remove it.',
        tag: 'deprecated',
        fixes: () => [fixOf('Remove version', 'safe', removeTop(project, version))],
      });
    for (const service of ownServices(project))
      for (const [key, instead] of OLD) {
        const entry = entryOf(service.body, key);
        if (!entry) continue;
        const isPlain =
          key === 'links' && itemsOf(entry.value).every(item => item.kind === 'scalar' && !item.text.includes(':'));
        report(entry, {
          message: `\`${key}\` is obsolete. ${instead}.`,
          tag: 'deprecated',
          fixes: () => [
            isPlain && !service.body.entries.has('networks') && service.body.entries.has('depends_on')
              ? fixOf('Remove links', 'review', removeKey(project, 'services', service.name, key))
              : undefined,
          ],
        });
      }
  },
});
