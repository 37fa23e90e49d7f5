import { dropsPrivileges } from '../../start/steps-down.js';
import { builtFrom } from '../dockerfile.js';
import { withoutKey } from '../removals.js';
import { defineComposeRule } from '../rule.js';
import { canLack, isJob, wordsOf } from '../service-facts.js';
import { ownServices } from '../services.js';
import { entryOf, knownText, valueAt } from '../value.js';

const ROOT = /^(?:root|0+)(?::.*)?$/;
/** What is done once as root, so that others can do without. */
const SETS_UP = /^(?:sh -c )?(?:chown|chmod|mkdir|cp)\b/;

export default defineComposeRule({
  id: 'service-runs-as-root',
  codes: ['CL-0018', 'service-runs-as-root', 'CIS-4.1'],
  summary: 'A service runs as root.',
  rationale:
    'Root in a container has the user id of root on the host, so whatever gets out of the container is root there. Images are most often made for another user; `user: root` takes that away.',
  category: 'security',
  practice: 'non-root-user',
  severity: 'warning',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    «user: root»\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    «user: "0:0"»\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n',
      },
      {
        code: 'services:\n  «app»:\n    build: .\n',
        why: 'The Dockerfile has no USER.',
        files: { Dockerfile: 'FROM python:3.13-slim\nCMD ["python", "app.py"]\n' },
      },
    ],
    good: [
      { code: 'services:\n  web:\n    image: nginx:1.29\n    user: "1000:1000"\n', why: 'This is another user.' },
      { code: 'services:\n  app:\n    image: example/app:1\n', why: 'Nobody knows what that image says.' },
      {
        code: 'services:\n  app:\n    build: .\n',
        why: 'The Dockerfile says another user.',
        files: { Dockerfile: 'FROM python:3.13-slim\nUSER 10001\nCMD ["python", "app.py"]\n' },
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      const entry = entryOf(service.body, 'user');
      if (entry) {
        if (!ROOT.test(knownText(entry.value) ?? '')) continue;
        const isBrief =
          isJob(service, project) || SETS_UP.test(wordsOf(valueAt(service.body, 'command'))?.join(' ') ?? '');
        report(entry, {
          message: `“${service.name}” runs as root. Remove \`user\`, or set it to the ID of a user in the image.`,
          ...(isBrief ? { severity: 'info' as const } : {}),
          fixes: () => [withoutKey(project, service, 'user')],
        });
        continue;
      }
      const built = canLack(service, project) && !isJob(service, project) ? builtFrom(service, project) : undefined;
      if (built?.stage?.exit.user.isRoot !== true || built.stage.image.rootEntrypoint) continue;
      if (dropsPrivileges(built.facts, built.stage)) continue;
      report(
        { source: service.entry.source, span: service.entry.keySpan },
        {
          message: `“${service.name}” runs as root, as set by its Dockerfile. Add a USER instruction there, or \`user\` here.`,
          minor: true,
        },
      );
    }
  },
});
