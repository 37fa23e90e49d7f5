import { defineRule } from './rule.js';
import { secretFile } from './support/secret-files.js';
import { transferOf } from './support/transfer.js';

export default defineRule({
  id: 'copy-secret-file',
  codes: [],
  summary: 'A file that usually holds keys or passwords is copied into the image.',
  rationale:
    'Whoever can pull the image can read the file, also when a later instruction deletes it: the layer stays. Give a build its secrets with `RUN --mount=type=secret`, and a container when it starts.',
  category: 'security',
  practice: 'secrets',
  severity: 'warning',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/building/secrets/'],
  examples: {
    bad: [
      { code: 'FROM alpine:3.22\nCOPY «id_rsa» /root/.ssh/id_rsa\n' },
      { code: 'FROM node:24\nCOPY package.json «.env» ./\n' },
      { code: 'FROM alpine:3.22\nADD «certs/server.key» /etc/\n' },
      { code: 'FROM alpine:3.22\nCOPY aws-config «/root/.aws/credentials»\n', why: 'The destination says what it is.' },
      {
        code: 'FROM node:24 AS build\nCOPY «.npmrc» ./\nFROM scratch\n',
        why: 'Only a hint: the builder is not shipped.',
      },
    ],
    good: [
      { code: 'FROM node:24\nCOPY .env.example .env.test.sample ./\n', why: 'Templates.' },
      { code: 'FROM alpine:3.22\nCOPY id_rsa.pub ca.pem cert.pem /etc/\n', why: 'Public.' },
      { code: 'FROM alpine:3.22\nCOPY <<EOF /app/.env\nPORT=80\nEOF\n', why: 'What it holds stands here.' },
      { code: 'FROM alpine:3.22\nCOPY env/ /srv/env/\n', why: 'Another name.' },
    ],
  },
  on: ['COPY', 'ADD'],
  check({ instruction, facts, reading, report }) {
    if (reading !== 'own') return;
    const transfer = transferOf(instruction, facts.scope);
    if (!transfer) return;
    const { inFinalImage } = facts.stage;
    const local = transfer.sources.filter(source => source.kind === 'local' && source.certainty !== 'unknown');
    const found = local.flatMap(source => {
      const secret = secretFile(source.text.replace(/\/+$/, ''));
      return secret ? [{ span: source.word.span, name: source.text, secret }] : [];
    });
    const target = transfer.pathCertainty === 'unknown' ? undefined : secretFile(transfer.path);
    if (found.length === 0 && local.length === 1 && target?.certain)
      found.push({ span: transfer.target.span, name: transfer.path, secret: target });
    for (const { span, name, secret } of found) {
      report({
        span,
        message: `Keep “${name}” out of the image and mount it as a secret where it is needed: it usually holds ${secret.what}.`,
        ...(inFinalImage ? {} : { severity: 'hint' as const }),
      });
    }
  },
});
