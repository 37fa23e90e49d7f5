import { closest } from '../../text/closest.js';
import { type BuiltFrom, builtFrom } from '../dockerfile.js';
import { fixOf } from '../edits.js';
import { defineComposeRule } from '../rule.js';
import { buildArgsOf } from '../service-facts.js';
import { ownServices } from '../services.js';

/** BuildKit knows them without an ARG. */
const PREDEFINED =
  /^(?:(?:HTTPS?|FTP|NO|ALL)_PROXY|BUILDKIT_\w+|SOURCE_DATE_EPOCH|(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT))$/i;

function declaredIn({ facts }: BuiltFrom): ReadonlySet<string> {
  const names = facts.all('ARG').flatMap(({ instruction }) => instruction.pairs.map(({ key }) => key));
  // What is used in a FROM, or copied from a stage, has its effect.
  return new Set(names);
}

export default defineComposeRule({
  id: 'unknown-build-argument',
  codes: [],
  summary: 'A build argument is not declared by the Dockerfile.',
  rationale:
    'It has no effect: a stage sees only arguments that an ARG in it names. One that is before the first FROM counts for the FROMs only.',
  category: 'correctness',
  severity: 'warning',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    build:\n      context: .\n      args: {«NODE_VERSON»: "24"}\n',
        fixed: 'services:\n  web:\n    build:\n      context: .\n      args: {NODE_VERSION: "24"}\n',
        files: { Dockerfile: 'ARG NODE_VERSION=22\nFROM node:${NODE_VERSION}-slim\nUSER node\n' },
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    build:\n      context: .\n      args: {HTTP_PROXY: "http://proxy:3128"}\n',
        why: 'BuildKit knows it.',
        files: { Dockerfile: 'FROM node:24-slim\nUSER node\n' },
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      const args = buildArgsOf(service);
      const built = args.length > 0 ? builtFrom(service, project) : undefined;
      if (!built || built.facts.stages.length === 0) continue;
      const declared = declaredIn(built);
      for (const pair of args) {
        if (declared.has(pair.name) || PREDEFINED.test(pair.name)) continue;
        const meant = closest(pair.name, [...declared]);
        report(
          { source: pair.source, span: pair.nameSpan },
          {
            message: `The Dockerfile has no ARG ${pair.name}, so this has no effect.${meant ? ` Did you mean ${meant}?` : ''}`,
            fixes: () => [
              meant && pair.source === project.own.source
                ? fixOf(`Change to ${meant}`, 'review', {
                    edits: [{ span: pair.nameSpan, text: meant }],
                    effect: { paths: [['services', service.name, 'build']] },
                  })
                : undefined,
            ],
          },
        );
      }
    }
  },
});
