import { contextEntry } from '../context/index.js';
import { isExcluded } from '../facts/files/excluded.js';
import { baseName, perTransfer, transferOf } from '../facts/files/transfer.js';
import type { Span } from '../text/span.js';
import { defineRule } from './rule.js';
import { type SecretFile, secretFile, secretSeverity } from './secrets/files.js';

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
      { code: 'FROM alpine:3.22\nCOPY config.json «/root/.docker/»\n', why: 'By the file that comes to lie there.' },
      {
        code: 'FROM node:24\nCOPY «.npmrc» ./\n',
        files: { '.npmrc': '//registry.npmjs.org/:_authToken=npm_0123456789\n' },
      },
    ],
    good: [
      { code: 'FROM node:24\nCOPY .env.example .env.test.sample ./\n', why: 'Templates.' },
      {
        code: 'FROM alpine:3.22\nCOPY --exclude=*.key certs/server.key certs/server.crt /etc/\nCOPY --exclude=id_* .ssh /root/.ssh\n',
        why: 'The COPY leaves the keys out.',
      },
      { code: 'FROM alpine:3.22\nCOPY id_rsa.pub ca.pem cert.pem /etc/\n', why: 'Public.' },
      { code: 'FROM alpine:3.22\nCOPY <<EOF /app/.env\nPORT=80\nEOF\n', why: 'What it holds is here.' },
      { code: 'FROM alpine:3.22\nCOPY env/ /srv/env/\n', why: 'Another name.' },
      { code: 'FROM alpine:3.22\nCOPY known_hosts /root/.ssh/\n', why: 'Public keys of servers.' },
      { code: 'FROM node:24\nCOPY package.json .yarnrc.yml ./\n', why: 'Yarn needs it; it seldom holds a token.' },
      {
        code: 'FROM node:24\nCOPY package.json .npmrc ./\n',
        why: 'No token in it.',
        files: { '.npmrc': 'engine-strict=true\n//npm.example.com/:_authToken=${NPM_TOKEN}\n' },
      },
    ],
  },
  reading: 'own',
  stage: { keywords: ['COPY', 'ADD'] },
  check({ facts, report }) {
    for (const placed of facts.instructions) {
      const instruction = placed.instruction.trigger ?? placed.instruction;
      if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') continue;
      const transfer = transferOf(instruction, facts.stateBefore(placed).scope);
      if (!transfer) continue;
      const { inFinalImage } = facts.roleOf(placed);
      const { scope } = facts.stateBefore(placed);
      for (const { span, name, secret, path } of secretsAmong(transfer)) {
        if (
          instruction.flag('exclude') &&
          (FOLDER.test(path) || isExcluded(instruction, scope, baseName(path), 'file'))
        )
          continue;
        const head = facts.context && !transfer.from ? contextEntry(facts.context, path)?.head : undefined;
        const severity = secretSeverity(secret, head);
        if (severity === undefined) continue;
        report(placed, {
          span,
          message: `“${name}” usually contains ${secret.what}, and anyone with the image can read it. Mount it as a secret where it is needed.`,
          severity: inFinalImage ? severity : 'hint',
        });
      }
    }
  },
});

/** A folder that holds credentials among other files, which may be those that are left out. */
const FOLDER = /(?:^|\/)\.?(?:ssh|aws|azure|gcloud|gnupg|kube)\/?$/;

interface Found {
  readonly span: Span;
  readonly name: string;
  readonly secret: SecretFile;
  /** The source. */
  readonly path: string;
}

const secretsAmong = perTransfer(({ sources, target, path, pathCertainty }): readonly Found[] => {
  const local = sources.filter(source => source.kind === 'local' && source.certainty !== 'unknown');
  const bySource: Found[] = [];
  for (const { text, word } of local) {
    const secret = secretFile(text.endsWith('/') ? text.replace(/\/+$/, '') : text);
    if (secret) bySource.push({ span: word.span, name: text, secret, path: text });
  }
  const only = local[0];
  if (bySource.length > 0 || !only || local.length > 1 || pathCertainty === 'unknown') return bySource;
  // Into a directory: what counts is the file that comes to lie there, not what else such a directory holds.
  const isFile = path.endsWith('/') && !only.text.endsWith('/');
  const name = isFile ? `${path}${baseName(only.text)}` : path;
  const secret = secretFile(name);
  return secret?.certain ? [{ span: target.span, name, secret, path: only.text }] : [];
});
