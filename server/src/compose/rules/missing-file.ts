import { closest } from '../../text/closest.js';
import { builtFrom } from '../dockerfile.js';
import { fixOf, replaceScalar } from '../edits.js';
import { fileReferences } from '../file-references.js';
import { defineComposeRule } from '../rule.js';
import { ownServices } from '../services.js';
import { entryOf, knownText, valueAt } from '../value.js';

export default defineComposeRule({
  id: 'missing-file',
  codes: [],
  summary: 'A file or folder does not exist.',
  rationale:
    'Compose stops when it is needed for a build or for the project. A file that is mounted and is not there becomes an empty folder, which the program then cannot read.',
  category: 'correctness',
  severity: 'warning',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    build: {context: ., «target: production»}\n',
        fixed: 'services:\n  web:\n    build: {context: ., target: prod}\n',
        files: { Dockerfile: 'FROM node:24-slim AS prod\nUSER node\n' },
      },
      { code: 'services:\n  web:\n    «build: ./app»\n', files: { 'api/Dockerfile': 'FROM alpine:3.22\n' } },
    ],
    good: [
      {
        code: 'services:\n  web:\n    build: ./app\n',
        why: 'It is there.',
        files: { 'app/Dockerfile': 'FROM alpine:3.22\n' },
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    env_file: {path: .env.local, required: false}\n',
        why: 'It may be missing.',
      },
    ],
  },
  check({ project, report }) {
    for (const { at, path, what, isNeeded } of fileReferences(project)) {
      const found = project.beside.look(path);
      if (found?.kind !== 'nothing') continue;
      report(at, {
        message: `\`${path}\` does not exist: ${what}.`,
        ...(isNeeded ? {} : { severity: 'hint' as const }),
      });
    }
    for (const service of ownServices(project)) {
      const target = entryOf(valueAt(service.body, 'build'), 'target');
      const built = target && builtFrom(service, project);
      const name = target && knownText(target.value);
      if (!target || !built || built.stage || name === undefined) continue;
      const names = built.facts.stages.flatMap(stage => stage.name ?? []);
      const meant = closest(name.toLowerCase(), names) ?? names.find(one => name.toLowerCase().startsWith(one));
      report(target, {
        message: `The Dockerfile has no stage “${name}”.${meant ? ` Did you mean ${meant}?` : ''}`,
        severity: 'error',
        fixes: () => [
          meant && target.value.kind === 'scalar'
            ? fixOf(
                `Change to ${meant}`,
                'review',
                replaceScalar(project, target.value, meant, ['services', service.name, 'build']),
              )
            : undefined,
        ],
      });
    }
  },
});
