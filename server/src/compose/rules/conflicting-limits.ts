import { LIMITS } from '../limits.js';
import { withoutKey } from '../removals.js';
import { defineComposeRule } from '../rule.js';
import { ownServices } from '../services.js';
import { entryOf, scalarAt, type Value, valueAt } from '../value.js';

const UNITS: Readonly<Record<string, number>> = { '': 1, b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** `512m`, `512MB` and `0.5g` are one size. */
function sizeOf(text: string): number | string {
  const [, number = '', unit = ''] = /^([\d.]+)\s*([bkmg]?)(?:i?b)?$/i.exec(text) ?? [];
  const factor = UNITS[unit.toLowerCase()];
  return number === '' || factor === undefined ? text : Number(number) * factor;
}

const entriesOrItems = (value: Value | undefined): number =>
  value?.kind === 'mapping' ? value.entries.size : value?.kind === 'sequence' ? value.items.length : 0;

export default defineComposeRule({
  id: 'conflicting-limits',
  codes: [],
  summary: 'Two keys of a service contradict each other.',
  rationale:
    'Compose refuses the file when a limit is given in two ways with two values, when a service has a network of its own and `network_mode`, and does not start a second container of one name.',
  category: 'correctness',
  severity: 'error',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    «mem_limit: 256m»\n    deploy:\n      resources:\n        limits:\n          memory: 512M\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.29\n    deploy:\n      resources:\n        limits:\n          memory: 512M\n',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    «container_name: web-one»\n    deploy:\n      replicas: 3\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n    deploy:\n      replicas: 3\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    mem_limit: 512m\n    deploy:\n      resources:\n        limits:\n          memory: 0.5g\n',
        why: 'It is the same size.',
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      for (const name of ['memory', 'cpus', 'pids'] as const) {
        const [key] = LIMITS[name].keys;
        const entry = entryOf(service.body, key);
        const deploy = scalarAt(service.body, 'deploy', 'resources', 'limits', LIMITS[name].deploy);
        if (entry?.value.kind !== 'scalar' || !deploy?.isKnown || !entry.value.isKnown) continue;
        if (sizeOf(entry.value.text) === sizeOf(deploy.text)) continue;
        report(entry, {
          message: `\`${key}\` is ${entry.value.text} but the limit in \`deploy\` is ${deploy.text}, so Compose refuses the file. Remove one.`,
          fixes: () => [withoutKey(project, service, key)],
        });
      }
      const mode = entryOf(service.body, 'network_mode');
      if (mode && entriesOrItems(valueAt(service.body, 'networks')) > 0)
        report(mode, {
          message: '`network_mode` and `networks` cannot be combined, so Compose refuses the file. Remove one.',
          fixes: () => [withoutKey(project, service, 'network_mode')],
        });
      const container = entryOf(service.body, 'container_name');
      const replicas = scalarAt(service.body, 'deploy', 'replicas') ?? scalarAt(service.body, 'scale');
      if (container && !project.isSwarm && replicas?.isKnown && Number(replicas.text) > 1)
        report(container, {
          message: `${replicas.text} containers cannot share one name. Remove \`container_name\`.`,
          fixes: () => [withoutKey(project, service, 'container_name')],
        });
    }
  },
});
