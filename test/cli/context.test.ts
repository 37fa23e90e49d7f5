import { describe, expect, test } from 'vitest';
import { folder, run } from './run.js';

const NAMED = 'FROM node:24\nWORKDIR /app\nCOPY package.json ./\nRUN npm ci\nCOPY . .\nUSER node\nCMD ["node", "."]\n';
const WHOLE = 'FROM nginx:1.29\nCOPY . /usr/share/nginx/html/\nUSER nginx\n';

interface Found {
  readonly rule: string;
  readonly message: string;
  readonly fixes: readonly unknown[];
}

async function rules(cwd: string, ...argv: readonly string[]): Promise<readonly string[]> {
  const { out } = await run(cwd, ['lint', '--no-shellcheck', '--format', 'json', ...argv]);
  const { files }: { files: { findings: Found[] }[] } = JSON.parse(out);
  return files
    .flatMap(file => file.findings)
    .filter(({ rule }) => /context|ignored/.test(rule))
    .map(({ rule, message }) => `${rule}: ${message}`);
}

const CREATE = 'copy-whole-context: This copies the whole folder. Create a .dockerignore, or copy only what you need.';

describe('the build context', () => {
  test('is the folder above that has what is named, with its ignore file', async () => {
    const cwd = folder({ 'docker/Dockerfile': NAMED, 'package.json': '', '.dockerignore': '.git\n.env\n', '.env': '' });
    expect(await rules(cwd, 'docker/Dockerfile')).toEqual([]);
    const without = folder({ 'docker/Dockerfile': NAMED, 'package.json': '', 'docker/.dockerignore': '**' });
    expect(await rules(without, 'docker/Dockerfile')).toEqual([
      'leaky-build-context: This also copies .git. Keep it out with a .dockerignore.',
      CREATE,
    ]);
  });

  test('is known by Dockerfile.dockerignore beside the Dockerfile as well', async () => {
    const cwd = folder({
      'docker/Dockerfile': NAMED,
      'docker/Dockerfile.dockerignore': '.git\npackage.json\n',
      'package.json': '',
      '.dockerignore': '.git\n',
    });
    expect(await rules(cwd, 'docker/Dockerfile')).toEqual([
      'copy-ignored-file: docker/Dockerfile.dockerignore excludes “package.json” from the build. Add an exception for it.',
    ]);
  });

  test('is not spoken of where it is not known', async () => {
    const cwd = folder({ 'docker/Dockerfile': WHOLE, Makefile: '', '.env': '', 'docker/.env': '' });
    expect(await rules(cwd, 'docker/Dockerfile')).toEqual([
      'copy-whole-context: This copies the whole folder. Keep a .dockerignore, or copy only what you need.',
    ]);
  });

  test('is what --context says', async () => {
    const cwd = folder({ 'docker/Dockerfile': WHOLE, '.env': '', 'docker/x': '', 'app/.dockerignore': '*\n' });
    expect(await rules(cwd, '--context', 'docker', 'docker/Dockerfile')).toEqual([CREATE]);
    expect(await rules(cwd, '--context', '.', 'docker/Dockerfile')).toEqual([
      'leaky-build-context: This also copies .env, .git. Keep them out with a .dockerignore, and mount what the program reads when the container starts.',
      CREATE,
    ]);
    expect(await rules(cwd, '--context=app', 'docker/Dockerfile')).toEqual([
      'copy-ignored-file: .dockerignore excludes every file. Add an exception for what you copy.',
    ]);
    const wrong = await run(cwd, ['lint', '--context', 'gone', 'docker/Dockerfile']);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('--context takes the folder that is the build context, and “gone” is not a folder.');
  });

  test('of Harden is the same', async () => {
    // The script says that the container starts as root on purpose.
    const text = 'FROM debian:12\nCOPY docker/start.sh /start.sh\nENTRYPOINT ["/start.sh"]\n';
    const cwd = folder({
      'docker/Dockerfile': text,
      'docker/start.sh': '#!/bin/sh\nexec gosu app "$@"\n',
      'other/docker/start.sh': '#!/bin/sh\nexec "$@"\n',
    });
    const harden = async (...argv: readonly string[]): Promise<string> =>
      (await run(cwd, ['harden', ...argv, 'docker/Dockerfile'])).out;
    expect(await harden()).toBe('');
    // Another script does nothing that needs root.
    expect(await harden('--context', 'other')).toContain('+USER 10001:10001');
  });

  test('of many files is found by several threads alike', async () => {
    const cwd = folder({
      'package.json': '',
      '.dockerignore': '.git\n',
      ...Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`docker/${n}/Dockerfile`, NAMED])),
    });
    expect(await rules(cwd, '--jobs', '2')).toEqual([]);
  });

  test('of a Compose file counts', async () => {
    const cwd = folder({
      'deploy/Dockerfile': WHOLE,
      'web/index.html': '',
      'web/.dockerignore': '*.tmp\n',
      'docker-compose.yml':
        'services:\n  web:\n    build:\n      context: web\n      dockerfile: ../deploy/Dockerfile\n',
    });
    expect(await rules(cwd, 'deploy/Dockerfile')).toEqual([]);
  });
});

test('a Compose file above says how the containers of a Dockerfile are started', async () => {
  const service = 'build: {context: api, args: [TAG=13]}, user: "1000", healthcheck: {test: /app}';
  const cwd = folder({
    'api/Dockerfile': 'ARG TAG\nFROM debian:$TAG\nCMD ["/app"]\n',
    'compose.yaml': `services:\n  api: {${service}}\n`,
  });
  const { out } = await run(cwd, ['lint', '--no-shellcheck', '--profile', 'strict', '--format', 'json', 'api']);
  const { files }: { files: { findings: (Found & { severity: string })[] }[] } = JSON.parse(out);
  const found = files.flatMap(file => file.findings).map(({ rule, severity }) => `${rule}: ${severity}`);
  expect(found.filter(one => /healthcheck|reference|root/.test(one))).toEqual(['final-stage-runs-as-root: hint']);
});
