import { defineComposeRule } from '../rule.js';
import { ownServices } from '../services.js';
import { entryOf, valueAt } from '../value.js';

const SWARM_ONLY = ['placement', 'update_config', 'rollback_config', 'endpoint_mode'];
const COMPOSE_ONLY = ['container_name', 'restart', 'security_opt', 'privileged', 'devices', 'userns_mode'];

export default defineComposeRule({
  id: 'swarm-key-without-effect',
  codes: [],
  summary: 'A key has no effect in Compose or in Swarm.',
  rationale:
    '`docker compose` obeys replicas, resources and restart_policy below `deploy`; placement, update_config and the like are for `docker stack deploy`. That in turn ignores container_name, restart, build and the conditions of depends_on.',
  category: 'maintainability',
  severity: 'hint',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    deploy:\n      «placement:\n        constraints: ["node.role == manager"]»\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    networks: [front]\n    deploy:\n      update_config: {parallelism: 1}\nnetworks:\n  front:\n    driver: overlay\n',
        why: 'A network for a swarm.',
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      if (project.isSwarm) {
        for (const key of COMPOSE_ONLY) {
          const entry = entryOf(service.body, key);
          if (entry) report(entry, { message: `\`docker stack deploy\` ignores \`${key}\`.`, tag: 'unnecessary' });
        }
        continue;
      }
      for (const key of SWARM_ONLY) {
        const entry = entryOf(valueAt(service.body, 'deploy'), key);
        if (entry)
          report(entry, {
            message: `\`docker compose\` ignores \`${key}\`; only \`docker stack deploy\` uses it.`,
            tag: 'unnecessary',
          });
      }
    }
  },
});
