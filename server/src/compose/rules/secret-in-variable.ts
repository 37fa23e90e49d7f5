import { isSuspectName } from '../../rules/secrets/names.js';
import { isPlaceholder } from '../../rules/secrets/values.js';
import { type Change, fixOf } from '../edits.js';
import type { Project } from '../project.js';
import { defineComposeRule } from '../rule.js';
import { buildArgsOf, environmentOf } from '../service-facts.js';
import { ownServices } from '../services.js';
import type { Pair } from '../value.js';

/** What names of secrets hold when it is not a secret: switches, numbers, times, sizes, paths, addresses, methods. */
const NO_SECRET =
  /^(?:true|false|yes|no|on|off|y|n|none|null|nil|auto|enabled?|disabled?|optional|required|[\d.]+(?:ms|[smhdw]|[kmg]i?b?)?|[./~][\w./~:-]*|[a-z]:\\.*|[a-z][a-z0-9+.-]*:\/\/[^@\s]*|[\w./-]+\.(?:json|ya?ml|pem|key|crt|cer|p12|jks|txt|conf|ini|env|asc|gpg|pub)|plain|trust|md5|scram-sha-256|sha\d+|basic|bearer|jwt|oauth2?)$/i;
/** Switches of images, and public keys. */
const NO_SECRET_NAME =
  /(?:^|_)(?:RANDOM_ROOT_PASSWORD|ALLOW_EMPTY\w*|ONETIME_PASSWORD|PUBLIC_KEY|PUBKEY)$|_FILE$|^ALLOW_/i;
/** `POSTGRES_PASS`, `DB_PWD`. */
const SHORT_NAME = /(?:^|_)(?:PASS|PWD|PSW|APIKEY|PASSWD|PASSWORDS)$/i;

/** The secret that is written here: the value itself, or the default of the variable that it is taken from. */
function secretIn({ name, text, value, isKnown }: Pair): string | undefined {
  if (text === undefined || !value || NO_SECRET_NAME.test(name)) return undefined;
  const last = name.slice(name.lastIndexOf('__') + (name.includes('__') ? 2 : 0));
  if (![name, last].some(isSuspectName) && !SHORT_NAME.test(name)) return undefined;
  const equals = value.raw.indexOf('=');
  const raw =
    value.raw === text
      ? text
      : equals >= 0 && value.raw.slice(0, equals) === name
        ? value.raw.slice(equals + 1)
        : value.raw;
  const [, , written] = /^\$\{(\w+):?-([^${}]*)\}$/.exec(raw) ?? [];
  const secret = written ?? (raw.includes('$') ? undefined : text);
  if (secret === undefined || secret === '' || (!isKnown && written === undefined)) return undefined;
  return NO_SECRET.test(secret) || /^\/run\/secrets\//.test(secret) || /^<.*>$|^\{\{/.test(secret) ? undefined : secret;
}

/** A user or a database of the same name: what everybody writes for a database that only the neighbours reach. */
const isRepeated = ({ name, text }: Pair, all: readonly Pair[]): boolean =>
  all.some(other => other.name !== name && other.text === text && !isSuspectName(other.name));

/** `${NAME:?}`, which stops with a message where nobody sets it. */
function fromOutside(project: Project, pair: Pair, path: readonly string[]): Change {
  if (pair.source !== project.own.source || !pair.value || pair.value.isAlias || pair.value.quote === 'block')
    return undefined;
  const raw = pair.source.text.slice(pair.valueSpan.start, pair.valueSpan.end);
  const name = /\$\{(\w+)/.exec(raw)?.[1] ?? pair.name;
  if (!/^\w+$/.test(name)) return undefined;
  const quote = pair.form === 'mapping' && pair.value.quote !== 'plain' ? raw[0] : '';
  return {
    edits: [{ span: pair.valueSpan, text: `${quote}\${${name}:?}${quote}` }],
    effect: { paths: [path] },
  };
}

export default defineComposeRule({
  id: 'secret-in-variable',
  codes: ['CL-0020', 'CIS-4.10'],
  summary: 'A secret is written into a Compose file.',
  rationale:
    'Whoever can read the file, or its history in git, has the secret, and so has everybody who may run `docker inspect`. `${NAME:?}` takes it from the environment or from a `.env` that is not committed; `secrets:` gives it as a file, which many images read through variables that end in _FILE.',
  category: 'security',
  practice: 'secrets',
  severity: 'warning',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    environment:\n      - «API_KEY»=k3Jd8sPq2x\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n    environment:\n      - API_KEY=${API_KEY:?}\n',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    environment:\n      «DB_PASSWORD»: ${DB_PW:-k3Jd8sPq2x}\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n    environment:\n      DB_PASSWORD: ${DB_PW:?}\n',
        why: 'The default is written here.',
      },
      {
        code: 'services:\n  db:\n    image: postgres:17\n    environment:\n      «POSTGRES_PASSWORD»: "postgres"\n',
        fixed:
          'services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: "${POSTGRES_PASSWORD:?}"\n',
        why: 'What everybody writes is only information.',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    environment:\n      DB_PASSWORD: ${DB_PASSWORD:?}\n',
        why: 'It comes from outside.',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    environment:\n      DB_PASSWORD_FILE: /run/secrets/pw\n      TOKEN_TTL: 30m\n      AUTH_ENABLED: "true"\n',
        why: 'These are no secrets.',
      },
      {
        code: 'services:\n  db:\n    image: mysql:8.4\n    environment:\n      MYSQL_RANDOM_ROOT_PASSWORD: "yes"\n',
        why: 'A switch.',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    environment: [API_KEY]\n',
        why: 'It is passed on from the shell.',
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      const lists = [environmentOf(service), buildArgsOf(service)];
      for (const [index, pair] of lists.flatMap((list, at) => list.map(one => [at, one] as const))) {
        const secret = secretIn(pair);
        if (secret === undefined) continue;
        const isDefault = pair.value?.raw?.includes('${') === true;
        const isWeak =
          isPlaceholder(secret) || secret.length < 6 || pair.text === service.name || isRepeated(pair, lists.flat());
        const path = index === 0 ? ['environment'] : ['build', 'args'];
        report(
          { source: pair.source, span: pair.nameSpan },
          {
            message: isDefault
              ? `The default of ${pair.name} is a secret that anyone with this file can read. Use \`\${${pair.name}:?}\` instead.`
              : `The value of ${pair.name} is a secret that anyone with this file can read. Read it from the environment with \`\${${pair.name}:?}\`.`,
            ...(isWeak || project.isForTrying ? { severity: 'info' as const } : {}),
            minor: isWeak && project.isForTrying,
            fixes: () => [
              fixOf(
                `Read ${pair.name} from the environment`,
                'review',
                fromOutside(project, pair, ['services', service.name, ...path]),
              ),
            ],
          },
        );
      }
    }
  },
});
