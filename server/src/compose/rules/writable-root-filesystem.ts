import { addToService, type Change, fixOf } from '../edits.js';
import { tmpfsOf } from '../mounts.js';
import { rowOf } from '../needs.js';
import type { Project, Service } from '../project.js';
import { defineComposeRule } from '../rule.js';
import { canLack, isJob } from '../service-facts.js';
import { ownServices } from '../services.js';
import { entryOf, truth, valueAt } from '../value.js';

/** What the program writes outside its volumes; undefined where that is not known. */
function writtenPaths(service: Service): readonly string[] | undefined {
  const keys = ['command', 'entrypoint', 'user', 'volumes', 'configs'];
  const row = rowOf(service);
  // Whatever is mounted may be meant to be written by the entry point, as templates of nginx are.
  const isAsMeant = row?.data
    ? !['command', 'entrypoint', 'user'].some(key => service.body.entries.has(key))
    : !keys.some(key => service.body.entries.has(key));
  return isAsMeant ? row?.tmpfs : undefined;
}

function readOnly(project: Project, service: Service, paths: readonly string[]): Change {
  const has = new Set(tmpfsOf(service).map(({ text }) => text.split(':')[0]));
  const missing = paths.filter(path => !has.has(path));
  if (missing.length > 0 && has.size > 0) return undefined;
  return addToService(project, service, { read_only: true, ...(missing.length > 0 ? { tmpfs: missing } : {}) });
}

export default defineComposeRule({
  id: 'writable-root-filesystem',
  codes: ['CL-0007', 'writable-filesystem-service', 'CIS-5.13'],
  summary: 'The root file system of a service is writable.',
  rationale:
    'With `read_only: true` a program that is taken over cannot change what the container runs, nor leave tools behind. What the program writes needs a volume, or `tmpfs` for what may be lost.',
  category: 'security',
  practice: 'permissions',
  severity: 'hint',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  «cache»:\n    image: memcached:1.6\n',
        fixed: 'services:\n  cache:\n    image: memcached:1.6\n    read_only: true\n',
      },
      {
        code: 'services:\n  «web»:\n    image: nginx:1.29\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.29\n    read_only: true\n    tmpfs:\n      - /run\n      - /var/cache/nginx\n      - /tmp\n',
      },
      { code: 'services:\n  web:\n    image: nginx:1.29\n    «read_only: false»\n' },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    read_only: true\n    tmpfs: [/run, /var/cache/nginx, /tmp]\n',
        why: 'It is read-only.',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    read_only: ${RO:-true}\n',
        why: 'The default is that it is.',
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      if (!canLack(service, project) || isJob(service, project)) continue;
      const entry = entryOf(service.body, 'read_only');
      const value = entry && truth(entry.value);
      if (entry ? value !== false : valueAt(service.body, 'develop')) continue;
      const paths = entry ? undefined : writtenPaths(service);
      report(entry ?? { source: service.entry.source, span: service.entry.keySpan }, {
        message: paths
          ? `“${service.name}” needs to write only to ${paths.length > 0 ? paths.join(', ') : 'its volumes'}. Make the rest of the file system read-only.`
          : `The root file system of “${service.name}” is writable. Set \`read_only: true\`, with volumes or \`tmpfs\` for what it writes.`,
        fixes: () => [
          paths && fixOf('Make the root file system read-only', 'review', readOnly(project, service, paths)),
        ],
      });
    }
  },
});
