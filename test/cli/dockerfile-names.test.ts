import { readFileSync } from 'node:fs';
import { Minimatch } from 'minimatch';
import { describe, expect, test } from 'vitest';
import { DOCKERFILE_PATTERNS, isDockerfileName, isOtherName } from '../../shared/src/dockerfile-names.js';

const YES = [
  ...['Dockerfile', 'dockerfile', 'DOCKERFILE', 'Containerfile', 'containerfile'],
  ...['Dockerfile.dev', 'Dockerfile-dev', 'Dockerfile_dev', 'dockerfile.prod', 'dockerfile-alpine', 'Containerfile-ci'],
  ...['app.dockerfile', 'app.Dockerfile', 'app.containerfile', 'app.Containerfile', 'api.DOCKERFILE', '.dockerfile'],
  ...['Dockerfile.j2', 'Dockerfile.template', 'Dockerfile.tmpl', 'Dockerfile.in', 'Dockerfile-alpine.template'],
  ...['Dockerfile.go', 'Dockerfile.py', 'Dockerfile.python3.12', 'Dockerfile.windows.amd64', 'Dockerfile.d'],
];
const NO = [
  ...['Dockerfile.md', 'Dockerfile.bak', 'Dockerfile.orig', 'Dockerfile.txt', 'Dockerfile.sh', 'Dockerfile.dev.swp'],
  ...['Dockerfile~', 'Dockerfile.dev~', 'Dockerfile.dockerignore', 'app.Dockerfile.dockerignore', 'DOCKERFILE.MD'],
  ...['dockerfile.go', 'dockerfile_test.go', 'dockerfile-parser.ts', 'containerfile.rs'],
  ...['Dockerfiles', 'MyDockerfile', 'Dockerfilex', 'docker-compose.yml', 'README.md', ''],
];

describe('names of Dockerfiles', () => {
  test.each(YES)('%s', name => expect([isDockerfileName(name), isOtherName(name)]).toEqual([true, false]));
  test.each(NO)('not %s', name => expect(isDockerfileName(name)).toBe(false));
});

describe('the patterns', () => {
  const matches = (patterns: readonly string[], name: string): boolean =>
    patterns.some(pattern => new Minimatch(pattern, { nocase: true, dot: true }).match(name));

  test('reach every name', () => {
    for (const name of YES) expect([name, matches(DOCKERFILE_PATTERNS, name)]).toEqual([name, true]);
  });
  test('reach nothing else that is not told apart by its end', () => {
    for (const name of NO.filter(one => !isOtherName(one)))
      expect([name, matches(DOCKERFILE_PATTERNS, name)]).toEqual([name, false]);
  });
  test('are those of VS Code, which does not look at the case', () => {
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8'));
    const { filenames, filenamePatterns } = contributes.languages.find(
      (one: { id: string }) => one.id === 'dockerfile',
    );
    const lower = [...filenames, ...filenamePatterns].map((pattern: string) => pattern.toLowerCase());
    expect(lower.sort()).toEqual([...DOCKERFILE_PATTERNS].sort());
  });
});
