import { isPlaceholder } from '../../rules/secrets/values.js';
import { defineComposeRule } from '../rule.js';
import { ownServices } from '../services.js';
import { scalarsIn, valueAt } from '../value.js';

/** `--requirepass secret`, `--password=secret`, `mysqladmin -psecret`, `redis-cli -a secret`. */
const IN_ONE =
  /(--(?:requirepass|password|masterauth)(?:[= ]|["'],? *["'])|\b(?:mysql|mysqladmin|mysqldump|mariadb|mariadb-admin)\b[^|;&]*? -p|\bredis-cli\b[^|;&]*? -a )["']?([^\s"'$=-][^\s"'$]*)/;
/** The same where each word is an item of a list. */
const OPTION = /^(?:--(?:requirepass|password|masterauth)|-a)$/;

const isPlaceholderOnly = (text: string): boolean => /^<.*>$|^\{\{|^x+$/i.test(text);

export default defineComposeRule({
  id: 'password-in-command',
  codes: ['CL-0020', 'CIS-4.10'],
  summary: 'A password is an argument of a command.',
  rationale:
    'Everybody who may look at processes or run `docker inspect` sees it, and it is in the file. `$$NAME` is a variable of the container.',
  category: 'security',
  practice: 'secrets',
  severity: 'warning',
  since: '0.2.0',
  examples: {
    bad: [
      { code: 'services:\n  cache:\n    image: redis:8.0\n    command: redis-server --requirepass «k3Jd8sPq2x»\n' },
      {
        code: 'services:\n  cache:\n    image: redis:8.0\n    command: ["redis-server", "--requirepass", "«k3Jd8sPq2x»"]\n',
      },
    ],
    good: [
      {
        code: 'services:\n  cache:\n    image: redis:8.0\n    command: redis-server --requirepass $$REDIS_PASSWORD\n',
        why: 'A variable of the container.',
      },
      {
        code: 'services:\n  db:\n    image: mysql:8.4\n    healthcheck: {test: "mysqladmin ping -h localhost"}\n',
        why: 'There is no password.',
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      const values = [
        valueAt(service.body, 'command'),
        valueAt(service.body, 'entrypoint'),
        valueAt(service.body, 'healthcheck', 'test'),
      ];
      for (const value of values) {
        const scalars = scalarsIn(value);
        for (const [index, scalar] of scalars.entries()) {
          const written = scalar.source.text.slice(scalar.span.start, scalar.span.end);
          const before = scalars[index - 1];
          const found =
            IN_ONE.exec(written) ??
            (before && OPTION.test(before.text) ? /^(["']?)([^"'$\s-][^"'$\s]*)\1$/.exec(written) : null);
          const password = found?.[2];
          if (!found || password === undefined || isPlaceholderOnly(password)) continue;
          const start = scalar.span.start + found.index + found[0].indexOf(password, found[1]?.length ?? 0);
          report(
            { source: scalar.source, span: { start, end: start + password.length } },
            {
              message:
                'Anyone who can inspect the container can read this password. Use a variable of the container (`$$NAME`) or a file.',
              ...(isPlaceholder(password) || project.isForTrying ? { severity: 'info' as const } : {}),
            },
          );
        }
      }
    }
  },
});
