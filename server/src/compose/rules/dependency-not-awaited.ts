import { dependenciesOf } from '../dependencies.js';
import { type Change, fixOf, ownPath } from '../edits.js';
import { healthOf } from '../health.js';
import type { Project, Service } from '../project.js';
import { defineComposeRule } from '../rule.js';
import { ownServices } from '../services.js';

/** The list as a mapping, with a condition for those that have a health check. */
function awaited(project: Project, service: Service): Change {
  const list = ownPath(project, 'services', service.name, 'depends_on')?.at(-1)?.value;
  if (list?.kind !== 'sequence' || list.source !== project.own.source) return undefined;
  const { text } = project.own.source;
  const path = ['services', service.name, 'depends_on'];
  const conditionOf = (name: string): string => {
    const other = project.services.get(name);
    return other && healthOf(other, project) === 'checked' ? 'service_healthy' : 'service_started';
  };
  const names = list.items.flatMap(item => (item.kind === 'scalar' ? [item] : []));
  if (names.length < list.items.length || names.some(name => name.raw !== name.text)) return undefined;
  if (list.style === 'flow') {
    const all = names.map(({ text: name }) => `${name}: {condition: ${conditionOf(name)}}`);
    return { edits: [{ span: list.span, text: `{${all.join(', ')}}` }], effect: { paths: [path] } };
  }
  const edits = names.map(({ span, text: name }) => {
    const dash = text.lastIndexOf('-', span.start - 1);
    const indent = ' '.repeat(dash - (text.lastIndexOf('\n', dash - 1) + 1) + 2);
    return { span: { start: dash, end: span.end }, text: `${name}:\n${indent}condition: ${conditionOf(name)}` };
  });
  // A list may be at the column of its key, and a mapping may not.
  const key = ownPath(project, ...path)?.at(-1)?.keySpan.start ?? 0;
  const column = key - (text.lastIndexOf('\n', key - 1) + 1);
  const first = edits[0]?.span.start ?? 0;
  const isIndented = first - (text.lastIndexOf('\n', first - 1) + 1) > column;
  return isIndented ? { edits, effect: { paths: [path] } } : undefined;
}

export default defineComposeRule({
  id: 'dependency-not-awaited',
  codes: [],
  summary: 'A service does not wait until its dependency is ready.',
  rationale:
    'The short form of `depends_on` waits until the other container is started, and not until the program in it answers. It has a health check, so `condition: service_healthy` can wait for that.',
  category: 'correctness',
  severity: 'hint',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    depends_on:\n      - «db»\n  db:\n    image: redis:8.0\n    healthcheck: {test: ["CMD", "redis-cli", "ping"]}\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    depends_on:\n      db:\n        condition: service_healthy\n  db:\n    image: redis:8.0\n    healthcheck: {test: ["CMD", "redis-cli", "ping"]}\n',
      },
      {
        code: 'services:\n  app:\n    image: example/app:1\n    depends_on: [«db», mail]\n  db:\n    image: redis:8.0\n    healthcheck: {test: redis-cli ping}\n  mail:\n    image: example/mail:1\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    depends_on: {db: {condition: service_healthy}, mail: {condition: service_started}}\n  db:\n    image: redis:8.0\n    healthcheck: {test: redis-cli ping}\n  mail:\n    image: example/mail:1\n',
      },
    ],
    good: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    depends_on: [db]\n  db:\n    image: redis:8.0\n',
        why: 'Without a health check there is nothing to wait for.',
      },
    ],
  },
  check({ project, report }) {
    if (project.isSwarm) return;
    for (const service of ownServices(project))
      for (const dependency of dependenciesOf(service)) {
        const other = project.services.get(dependency.name);
        if (!other || dependency.condition !== 'service_started' || dependency.conditionValue) continue;
        if (dependency.form === 'implied') continue;
        if (healthOf(other, project) !== 'checked') continue;
        report(dependency, {
          message: `“${service.name}” does not wait until “${dependency.name}” is ready. Use \`condition: service_healthy\`.`,
          fixes: () => [fixOf('Wait until they are healthy', 'review', awaited(project, service))],
        });
      }
  },
});
