import { mountsOf } from '../mounts.js';
import { defineComposeRule } from '../rule.js';
import { ownServices } from '../services.js';

const SECRET =
  /^(?:\.env(?:\..+)?|\.npmrc|\.pypirc|\.netrc|\.pgpass|id_(?:rsa|dsa|ecdsa|ed25519)|credentials(?:\.json)?|.+\.key|.*(?:priv|key).*\.pem)$/i;
/** Examples, and what is public. */
const NO_SECRET = /(?:example|sample|template|dist|default|pub(?:lic)?\.key|\.pub)$/i;

export default defineComposeRule({
  id: 'secret-file-mounted',
  codes: [],
  summary: 'A file with secrets is mounted into a service.',
  rationale:
    'A `.env` file holds the secrets of all services, and a key in a mounted folder is read by every program that sees it. `secrets:` gives one file to the services that name it, at /run/secrets/NAME.',
  category: 'security',
  practice: 'secrets',
  severity: 'warning',
  since: '0.2.0',
  examples: {
    bad: [
      { code: 'services:\n  web:\n    image: nginx:1.29\n    volumes:\n      - «./.env:/app/.env»\n' },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    volumes:\n      - «./certs/server.key:/etc/ssl/server.key:ro»\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    volumes:\n      - ./.env.example:/app/.env:ro\n',
        why: 'An example has no secrets.',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    secrets: [key]\nsecrets:\n  key: {file: ./server.key}\n',
        why: 'This is how it is meant.',
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project))
      for (const mount of mountsOf(service)) {
        if (!mount.isKnown || mount.type !== 'bind') continue;
        const name = mount.from.slice(mount.from.lastIndexOf('/') + 1);
        if (!SECRET.test(name) || NO_SECRET.test(name)) continue;
        report(mount, {
          message: `\`${name}\` is mounted into “${service.name}”. Use \`secrets\`, which provides it as a file in /run/secrets.`,
          minor: project.isForTrying,
          fixes: [],
        });
      }
  },
});
