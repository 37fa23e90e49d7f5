import { closest } from '../../text/closest.js';
import { dependenciesOf } from '../dependencies.js';
import { fixOf, replaceScalar } from '../edits.js';
import type { Project, Service } from '../project.js';
import { defineComposeRule } from '../rule.js';
import { ownServices } from '../services.js';
import { itemsOf, type Place, type Scalar, scalarAt, valueAt } from '../value.js';

interface Named {
  readonly name: string;
  readonly at: Scalar | (Place & { readonly kind: 'key' });
  readonly isRequired: boolean;
}

/** All services that a service names, in whatever key. */
function namedBy(service: Service): readonly Named[] {
  const items = itemsOf(valueAt(service.body, 'depends_on')).filter(item => item.kind === 'scalar');
  const written = dependenciesOf(service).filter(({ form }) => form !== 'implied');
  const dependencies = written.map(({ name, isRequired, source, span }): Named => {
    const item = items.find(one => one.span.start === span.start);
    return { name, isRequired, at: item ?? { kind: 'key', source, span } };
  });
  const lists = ['links', 'volumes_from'].flatMap(key =>
    itemsOf(valueAt(service.body, key)).flatMap((at): Named[] => {
      if (at.kind !== 'scalar' || !at.isKnown || at.text.startsWith('container:')) return [];
      return [{ name: at.text.split(':')[0] ?? '', at, isRequired: true }];
    }),
  );
  const modes = ['network_mode', 'ipc', 'pid'].flatMap((key): Named[] => {
    const at = scalarAt(service.body, key);
    const name = /^service:(.+)$/.exec(at?.text ?? '')?.[1];
    return at?.isKnown && name !== undefined ? [{ name, at, isRequired: true }] : [];
  });
  return [...dependencies, ...lists, ...modes];
}

function reaches(from: string, to: string, project: Project, seen: Set<string>): boolean {
  if (from === to) return true;
  const service = project.services.get(from);
  if (!service || seen.has(from)) return false;
  seen.add(from);
  return dependenciesOf(service).some(({ name }) => reaches(name, to, project, seen));
}

export default defineComposeRule({
  id: 'unknown-dependency',
  codes: [],
  summary: 'A service depends on a service that does not exist, or on itself.',
  rationale: 'Compose refuses the file: “depends on undefined service”, or “dependency cycle detected”.',
  category: 'correctness',
  severity: 'error',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    depends_on: [«databse»]\n  database:\n    image: redis:8.0\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    depends_on: [database]\n  database:\n    image: redis:8.0\n',
      },
      {
        code: 'services:\n  a:\n    image: example/a:1\n    depends_on: [«b»]\n  b:\n    image: example/b:1\n    depends_on: [«a»]\n',
      },
    ],
    good: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    depends_on:\n      db: {condition: service_started, required: false}\n',
        why: 'It may be missing.',
      },
      {
        code: 'include: [db.yaml]\nservices:\n  app:\n    image: example/app:1\n    depends_on: [db]\n',
        why: 'It is in the included file.',
        files: { 'db.yaml': 'services:\n  db:\n    image: redis:8.0\n' },
      },
    ],
  },
  check({ project, report }) {
    const names = [...project.services.keys()];
    const services = ownServices(project);
    for (const service of services) {
      if (!project.isFragment)
        for (const { name, at, isRequired } of namedBy(service)) {
          if (project.services.has(name) || !isRequired) continue;
          const meant = closest(name, names);
          report(at, {
            message: `There is no service “${name}”${meant ? `. Did you mean ${meant}?` : ', so Compose refuses the file.'}`,
            fixes: () => [
              meant && at.kind === 'scalar' && at.text === name
                ? fixOf(`Change to ${meant}`, 'review', replaceScalar(project, at, meant, ['services', service.name]))
                : undefined,
            ],
          });
        }
      for (const dependency of dependenciesOf(service))
        if (reaches(dependency.name, service.name, project, new Set()))
          report(dependency, {
            message: `“${service.name}” and “${dependency.name}” wait for each other, so Compose refuses the file.`,
          });
    }
  },
});
