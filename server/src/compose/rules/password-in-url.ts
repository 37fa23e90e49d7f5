import { isPlaceholder } from '../../rules/secrets/values.js';
import type { Span } from '../../text/span.js';
import { fixOf } from '../edits.js';
import type { Service } from '../project.js';
import { defineComposeRule } from '../rule.js';
import { buildArgsOf, environmentOf } from '../service-facts.js';
import { ownServices } from '../services.js';
import { type Scalar, scalarsIn, valueAt } from '../value.js';

const USERINFO = /[a-z][a-z0-9+.-]{1,20}:\/\/([^\s/:@"'`$<>{}]{0,100}):([^\s/:@"'`<>{}$]{1,200})@([\w.-]*)/i;

interface Password {
  readonly at: Span;
  readonly text: string;
  readonly user: string;
  readonly host: string;
}

function passwordIn({ source, span }: Scalar): Password | undefined {
  const written = source.text.slice(span.start, span.end);
  const match = USERINFO.exec(written);
  const [whole = '', user = '', text = '', host = ''] = match ?? [];
  if (!match || /^(?:x+|\*+|\.+)$/i.test(text)) return undefined;
  const end = span.start + match.index + whole.length - host.length - 1;
  return { at: { start: end - text.length, end }, text, user, host };
}

/** The variable of the service that has the same value, else one by the name of the service. */
function nameFor(service: Service, password: string): string {
  const same = environmentOf(service).find(({ text }) => text === password)?.name;
  return same ?? `${service.name.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}_PASSWORD`;
}

export default defineComposeRule({
  id: 'password-in-url',
  codes: ['CL-0021', 'CIS-4.10'],
  summary: 'A password is written into an address.',
  rationale:
    'Whoever can read the file has it, and programs show addresses in their logs. `${NAME:?}` in its place takes it from outside.',
  category: 'security',
  practice: 'secrets',
  severity: 'warning',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    environment:\n      DATABASE_URL: postgres://app:«k3Jd8sPq2x»@db:5432/app\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.29\n    environment:\n      DATABASE_URL: postgres://app:${WEB_PASSWORD:?}@db:5432/app\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    environment:\n      URL: http://db:5432/a@b\n',
        why: 'There is no user in it.',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    environment:\n      URL: redis://:${REDIS_PASSWORD}@cache:6379\n',
        why: 'It comes from outside.',
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      const pairs = [...environmentOf(service), ...buildArgsOf(service)].flatMap(({ value }) => value ?? []);
      const words = ['command', 'entrypoint'].flatMap(key => scalarsIn(valueAt(service.body, key)));
      for (const scalar of [...pairs, ...words]) {
        const password = passwordIn(scalar);
        if (!password) continue;
        const { at, text, user, host } = password;
        const isWeak = isPlaceholder(text) || text === user || text === host;
        report(
          { source: scalar.source, span: at },
          {
            message: `This password is readable for everybody who has the file: take it from outside, with \${NAME:?} in its place.`,
            ...(isWeak || project.isForTrying ? { severity: 'info' as const } : {}),
            minor: isWeak && project.isForTrying,
            fixes: () => [
              scalar.source === project.own.source && !scalar.isAlias
                ? fixOf('Read it from the environment', 'review', {
                    edits: [{ span: at, text: `\${${nameFor(service, text)}:?}` }],
                    effect: { paths: [['services', service.name]] },
                  })
                : undefined,
            ],
          },
        );
      }
    }
  },
});
