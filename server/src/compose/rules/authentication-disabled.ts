import { isOpen, portsOf } from '../ports.js';
import type { Project, Service } from '../project.js';
import { defineComposeRule } from '../rule.js';
import { environmentOf } from '../service-facts.js';
import { ownServices } from '../services.js';
import { scalarsIn, valueAt } from '../value.js';

const YES = /^(?:yes|true|1|on)$/i;
const VARIABLES: readonly (readonly [name: RegExp, value: RegExp])[] = [
  [/^POSTGRES_HOST_AUTH_METHOD$/, /^trust$/i],
  [/^(?:MYSQL|MARIADB)_ALLOW_EMPTY_(?:ROOT_)?PASSWORD$/, YES],
  [/^(?:xpack\.security\.enabled)$/, /^false$/i],
  [/^(?:DISABLE_SECURITY_PLUGIN|plugins\.security\.disabled)$/, /^true$/i],
  [/^(?:ALLOW_ANONYMOUS_LOGIN|ALLOW_EMPTY_PASSWORD)$/, YES],
  [/^GF_AUTH_ANONYMOUS_ENABLED$/, /^true$/i],
];
const ARGUMENTS = /--protected-mode[= ]no|--api\.insecure(?:=true)?(?![\w=])/;

/** Less where nobody but the services of the project gets there. */
function severityOf(service: Service, project: Project): { readonly severity?: 'info' } {
  const isReached = portsOf(service).some(isOpen);
  return isReached && !project.isForTrying ? {} : { severity: 'info' };
}

export default defineComposeRule({
  id: 'authentication-disabled',
  codes: [],
  summary: 'A service accepts connections without a password.',
  rationale:
    'Whoever reaches the port has all of it. It is meant for trying things out; where others reach it, set a password.',
  category: 'security',
  practice: 'secrets',
  severity: 'warning',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  db:\n    image: postgres:17\n    ports: ["5432:5432"]\n    environment:\n      - «POSTGRES_HOST_AUTH_METHOD=trust»\n',
      },
    ],
    good: [
      {
        code: 'services:\n  db:\n    image: postgres:17\n    environment: {POSTGRES_HOST_AUTH_METHOD: scram-sha-256}\n',
        why: 'A method that asks for a password.',
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      for (const pair of environmentOf(service)) {
        const row = VARIABLES.find(([name, value]) => name.test(pair.name) && value.test(pair.text ?? ''));
        if (!row || !pair.isKnown) continue;
        report(pair, {
          message: `\`${pair.name}=${pair.text}\` turns authentication off. Set a password.`,
          ...severityOf(service, project),
        });
      }
      for (const scalar of ['command', 'entrypoint'].flatMap(key => scalarsIn(valueAt(service.body, key)))) {
        const found = ARGUMENTS.exec(scalar.source.text.slice(scalar.span.start, scalar.span.end));
        if (!found) continue;
        const start = scalar.span.start + found.index;
        report(
          { source: scalar.source, span: { start, end: start + found[0].length } },
          {
            message: `\`${found[0]}\` turns authentication off. Remove it.`,
            ...severityOf(service, project),
          },
        );
      }
    }
  },
});
