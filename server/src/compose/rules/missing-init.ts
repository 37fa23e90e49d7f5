import { builtFrom, textOf } from '../dockerfile.js';
import { addToService, fixOf } from '../edits.js';
import { defineComposeRule } from '../rule.js';
import { builds, canLack, imageOf, isJob, wordsOf } from '../service-facts.js';
import { ownServices } from '../services.js';
import { valueAt } from '../value.js';

const NEEDS_INIT = /^(?:\/bin\/)?(?:sh|bash|npm|yarn|pnpm|npx)$/;
/** Images that have such a program already. */
const HAS_INIT = /tini|dumb-init|s6|catatonit|linuxserver|lscr\.io|supervisord/;

export default defineComposeRule({
  id: 'missing-init',
  codes: [],
  summary: 'The first process of a container does not forward signals.',
  rationale:
    'The first process gets the signals of `docker stop`, and the children of processes that have ended. Shells, npm and yarn do neither; `init: true` puts a small program before them that does.',
  category: 'correctness',
  severity: 'hint',
  profile: 'strict',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  «web»:\n    image: node:24-slim\n    command: npm start\n',
        fixed: 'services:\n  web:\n    image: node:24-slim\n    command: npm start\n    init: true\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: node:24-slim\n    init: true\n    command: npm start\n',
        why: 'It is set.',
      },
      {
        code: 'services:\n  web:\n    image: node:24-slim\n    command: node server.js\n',
        why: 'The program itself gets the signals.',
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      if (
        !canLack(service, project) ||
        isJob(service, project) ||
        service.body.entries.has('init') ||
        service.body.entries.has('entrypoint')
      )
        continue;
      const words = wordsOf(valueAt(service.body, 'command'));
      const program = words?.[0] ?? '';
      if (!NEEDS_INIT.test(program) || HAS_INIT.test(imageOf(service)?.text ?? '')) continue;
      const built = builds(service) ? builtFrom(service, project) : undefined;
      if (builds(service) && (!built || HAS_INIT.test(textOf(built)))) continue;
      report(
        { source: service.entry.source, span: service.entry.keySpan },
        {
          message: `\`${program}\` does not forward signals and leaves zombie processes. Set \`init: true\`.`,
          fixes: () => [fixOf('Set init', 'safe', addToService(project, service, { init: true }))],
        },
      );
    }
  },
});
