import { secretsIn } from '../../rules/secrets/values.js';
import { defineComposeRule } from '../rule.js';

const isInComment = (text: string, at: number): boolean => /^\s*#/.test(text.slice(text.lastIndexOf('\n', at) + 1, at));

export default defineComposeRule({
  id: 'secret-in-text',
  codes: [],
  summary: 'A credential is written into a Compose file.',
  rationale:
    'Its form tells that it is a token or a key. It is in the history of the repository from now on: withdraw it, and take the new one from outside.',
  category: 'security',
  practice: 'secrets',
  severity: 'error',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    labels:\n      - "token=«ghp_A1b2C3d4E5f6A1b2C3d4E5f6A1b2C3d4E5f6»"\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    labels:\n      - "token=ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"\n',
        why: 'A placeholder.',
      },
    ],
  },
  check({ project, report }) {
    const { source } = project.own;
    for (const { kind, span } of secretsIn(source.text)) {
      // password-in-url says the same of addresses, with a fix.
      if (kind === 'a password in a URL' || isInComment(source.text, span.start)) continue;
      report(
        { source, span },
        { message: `This is ${kind}. Revoke it, and read the new one from the environment or a secret.` },
      );
    }
  },
});
