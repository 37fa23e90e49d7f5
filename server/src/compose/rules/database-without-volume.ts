import { addKeys, addToService, type Change, fixOf, together } from '../edits.js';
import { addTopLevel } from '../edits-top.js';
import { mountsOf, tmpfsOf } from '../mounts.js';
import { rowOf } from '../needs.js';
import type { Project, Service } from '../project.js';
import { defineComposeRule } from '../rule.js';
import { canLack, imageOf, profilesOf } from '../service-facts.js';
import { ownServices } from '../services.js';
import { entryOf } from '../value.js';

const covers = (path: string, data: string): boolean =>
  path === data || path.startsWith(`${data}/`) || data.startsWith(`${path}/`);

/** Postgres 18 keeps its data in a folder with its version, below the one of before. */
function dataFolder(service: Service, folder: string): string {
  const version = Number.parseInt(imageOf(service)?.tag ?? '', 10);
  return folder === '/var/lib/postgresql' && version < 18 ? `${folder}/data` : folder;
}

function named(project: Project, service: Service, folder: string): Change {
  const name = `${service.name.replace(/[^\w.-]/g, '-')}-data`;
  if (project.resources.volumes.has(name) || Number.isNaN(Number.parseInt(imageOf(service)?.tag ?? '', 10)))
    return undefined;
  const mount = `${name}:${dataFolder(service, folder)}`;
  if (service.body.entries.has('volumes')) return undefined;
  const declared = entryOf(project.own.root, 'volumes')
    ? addKeys(project, ['volumes'], { [name]: {} })
    : addTopLevel(project, 'volumes', { [name]: {} });
  return together(addToService(project, service, { volumes: [mount] }), declared);
}

export default defineComposeRule({
  id: 'database-without-volume',
  codes: [],
  summary: 'A database keeps its data in an anonymous volume.',
  rationale:
    'Without a mount at the folder of its data they are in an anonymous volume: `docker compose down` and the next `up` begin with an empty one. A named volume stays.',
  category: 'correctness',
  severity: 'warning',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  «db»:\n    image: postgres:17.6\n',
        fixed:
          'services:\n  db:\n    image: postgres:17.6\n    volumes:\n      - db-data:/var/lib/postgresql/data\nvolumes:\n  db-data: {}\n',
      },
    ],
    good: [
      {
        code: 'services:\n  db:\n    image: postgres:17.6\n    volumes: ["data:/var/lib/postgresql/data"]\nvolumes:\n  data:\n',
        why: 'They are in a named volume.',
      },
      {
        code: 'services:\n  db:\n    image: postgres:17.6\n    tmpfs: [/var/lib/postgresql/data]\n',
        why: 'They are in memory on purpose.',
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      const row = rowOf(service);
      if (!row?.data || row.kind === 'cache' || !canLack(service, project) || profilesOf(service).length > 0) continue;
      const [folder = ''] = row.data;
      const paths = [
        ...mountsOf(service).map(({ target }) => target),
        ...tmpfsOf(service).map(({ text }) => text.split(':')[0] ?? ''),
      ];
      const isKept = paths.some(path => row.data?.some(data => covers(path, data)));
      if (isKept || mountsOf(service).some(({ isKnown }) => !isKnown) || service.body.entries.has('volumes_from'))
        continue;
      report(
        { source: service.entry.source, span: service.entry.keySpan },
        {
          message: `The data of “${service.name}” is lost after \`docker compose down\`. Mount a named volume at ${row.data[0]}.`,
          ...(row.kind === 'queue' ? { severity: 'info' as const } : {}),
          minor: project.isForTrying,
          fixes: () => [fixOf('Keep the data in a named volume', 'review', named(project, service, folder))],
        },
      );
    }
  },
});
