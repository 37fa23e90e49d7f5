import { perInstruction } from '../dockerfile/index.js';
import { defineRule } from './rule.js';
import { secretsIn } from './secrets/values.js';

const secretsOf = perInstruction(({ text }) => secretsIn(text));

const message = (kind: string): string =>
  `This looks like ${kind}. Revoke it, and pass the new one with \`RUN --mount=type=secret\` or when the container starts.`;

export default defineRule({
  id: 'secret-in-text',
  codes: [],
  summary: 'The file contains a token, a private key or a password.',
  rationale:
    'Whatever a Dockerfile says is in version control, and mostly also in the image or its history, where deleting the line later does not help. Revoke the secret, then hand it to the one RUN that needs it with `RUN --mount=type=secret`, or set it when the container starts.',
  category: 'security',
  practice: 'secrets',
  severity: 'error',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/building/secrets/'],
  examples: {
    bad: [
      { code: 'FROM debian:12\nENV DEPLOY=«ghp_0123456789abcdefghijABCDEFGHIJ012345»\n' },
      { code: 'FROM debian:12\nRUN git clone https://ci:«kf83Nf0aPq»@git.example.com/app.git\n' },
      {
        code: 'FROM debian:12\n# old token: «ghp_0123456789abcdefghijABCDEFGHIJ012345»\nRUN make\n',
        why: 'A comment is read too.',
      },
    ],
    good: [
      {
        code: 'FROM debian:12\nRUN git clone https://ci:$TOKEN@git.example.com/app.git\n',
        why: 'A variable is not the secret itself.',
      },
      {
        code: 'FROM debian:12\nENV AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\n',
        why: 'The example key of the AWS documentation.',
      },
      {
        code: 'FROM debian:12\nENV DATABASE_URL=postgres://user:password@db/app\n',
        why: 'A placeholder is not a secret.',
      },
      {
        code: 'FROM debian:12\nENV BROKER_URL=amqp://shop:shop@queue CACHE_URL=redis://default:cache1@cache:6379\n',
        why: 'What everybody writes for a service next door.',
      },
    ],
  },
  stage: {},
  check({ facts, report }) {
    const { text } = facts.dockerfile;
    for (const placed of facts.instructions) {
      const found = secretsOf(placed.instruction);
      if (found.length > 0) for (const { kind, span } of found) report(placed, { span, message: message(kind) });
      if (placed.leading.length === 0) continue;
      for (const comment of placed.leading) {
        for (const { kind, span } of secretsIn(text.slice(placed.start + comment.start, placed.start + comment.end))) {
          const moved = { start: comment.start + span.start, end: comment.start + span.end };
          report(placed, { span: moved, message: message(kind) });
        }
      }
    }
  },
});
