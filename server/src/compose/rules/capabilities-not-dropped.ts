import { addItem, addToService, type Change, fixOf, together } from '../edits.js';
import { capabilitiesNeeded } from '../needs.js';
import type { Project, Service } from '../project.js';
import { defineComposeRule } from '../rule.js';
import { canLack, capabilitiesIn, dropsAll, isPrivileged } from '../service-facts.js';
import { ownServices } from '../services.js';

function dropped(project: Project, service: Service, needed: readonly string[]): Change {
  const has = (key: string): boolean => service.body.entries.has(key);
  const drop = has('cap_drop')
    ? addItem(project, 'ALL', 'services', service.name, 'cap_drop')
    : addToService(project, service, { cap_drop: ['ALL'] });
  const added = new Set(capabilitiesIn(service, 'cap_add').map(({ name }) => name));
  const missing = needed.filter(name => !added.has(name));
  if (missing.length === 0) return drop;
  if (!has('cap_add') && !has('cap_drop'))
    return addToService(project, service, { cap_drop: ['ALL'], cap_add: missing });
  if (!has('cap_add')) return together(drop, addToService(project, service, { cap_add: missing }));
  return together(drop, ...missing.map(name => addItem(project, name, 'services', service.name, 'cap_add')));
}

export default defineComposeRule({
  id: 'capabilities-not-dropped',
  codes: ['CL-0006', 'container_capabilities_unrestricted', 'CIS-5.4'],
  summary: 'A service keeps all default capabilities of containers.',
  rationale:
    'Docker gives 14 capabilities to every container, among them raw network access and taking over files of others. Most programs use none of them. `cap_drop: [ALL]` takes them away, and `cap_add` gives back the few that an image needs to start as another user. A program that runs as another user than root from the start needs none.',
  category: 'security',
  practice: 'permissions',
  severity: 'info',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  «web»:\n    image: nginx:1.29\n    restart: always\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.29\n    restart: always\n    cap_drop:\n      - ALL\n    cap_add:\n      - CHOWN\n      - SETGID\n      - SETUID\n',
        why: 'nginx starts as root and lets another user answer.',
      },
      {
        code: 'services:\n  «api»:\n    build: .\n',
        fixed: 'services:\n  api:\n    build: .\n    cap_drop:\n      - ALL\n',
        why: 'The Dockerfile says that it never runs as root.',
        files: { Dockerfile: 'FROM node:24-slim\nUSER node\nCMD ["node", "a.js"]\n' },
      },
      {
        code: 'services:\n  «app»:\n    image: example/app:1\n',
        why: 'What an unknown image needs cannot be told: there is no fix.',
      },
    ],
    good: [
      { code: 'services:\n  web:\n    image: nginx:1.29\n    cap_drop: [all]\n', why: 'They are dropped.' },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    privileged: true\n',
        why: 'privileged-service says more.',
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      if (!canLack(service, project) || isPrivileged(service) || dropsAll(service)) continue;
      const needed = capabilitiesNeeded(service, project);
      report(
        { source: service.entry.source, span: service.entry.keySpan },
        {
          message: needed
            ? `“${service.name}” keeps capabilities that it does not need. Drop ${needed.length > 0 ? `all but ${needed.join(', ')}` : 'all of them'}.`
            : `“${service.name}” keeps all default capabilities. Set \`cap_drop: [ALL]\` and add back what it needs.`,
          minor: true,
          fixes: () => [
            needed && fixOf('Drop the capabilities that are not needed', 'review', dropped(project, service, needed)),
          ],
        },
      );
    }
  },
});
