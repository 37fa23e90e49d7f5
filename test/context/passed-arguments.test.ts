import { describe, expect, test } from 'vitest';
import { type Files, passedArguments, requiredArguments } from '../../server/src/context/index.js';
import { parseDockerfile } from '../../server/src/dockerfile/index.js';

function below(files: Readonly<Record<string, string>>): Files {
  const paths = Object.keys(files);
  return {
    readFile: path => Promise.resolve(files[path]),
    readDirectory: folder => {
      const prefix = folder === '' ? '' : `${folder}/`;
      const names = paths.filter(path => path.startsWith(prefix)).map(path => path.slice(prefix.length));
      return Promise.resolve(names.map(name => [name.split('/')[0] ?? '', name.includes('/') ? 'directory' : 'file']));
    },
  };
}

const DOCKERFILE = 'ARG BASE\nFROM $BASE\n';

/** Whether BASE is found to be passed to app/Dockerfile. */
const isPassed = async (files: Readonly<Record<string, string>>): Promise<boolean> =>
  (await passedArguments(below({ 'app/Dockerfile': DOCKERFILE, ...files }), 'app/Dockerfile', ['BASE'])).length > 0;

test.each([
  ['ARG A\nARG B=1 C\nFROM $A\nARG D\n', ['A', 'C']],
  ['FROM a\nARG A\n', []],
  ['ARG A\n', []],
])('arguments that a build has to give: %j', (text, names) => {
  expect(requiredArguments(parseDockerfile(text))).toEqual(names);
});

describe('a file of the project passes the argument', () => {
  test.each<[string, string]>([
    ['compose.yaml', 'services:\n  a:\n    build:\n      context: app\n      args:\n        BASE: debian:13\n'],
    ['app/docker-compose.dev.yml', 'services:\n  a:\n    build:\n      args: [BASE=debian:13]\n'],
    ['docker-bake.hcl', 'target "a" {\n  args = {\n    BASE = "debian:13"\n  }\n}\n'],
    ['Makefile', 'image:\n\tdocker build --build-arg BASE=debian:13 app\n'],
    ['app/build.sh', 'docker build --build-arg "BASE=$1" .\n'],
    ['scripts/images.sh', 'docker build --build-arg BASE app\n'],
    ['.github/workflows/image.yml', 'with:\n  build-args: |\n    BASE=debian:13\n'],
    ['.gitlab-ci.yml', 'script: docker build --build-arg BASE=debian:13 app\n'],
    ['app/README.md', '    docker build --build-arg BASE=debian:13 .\n'],
    ['app/Dockerfile', `# docker build --build-arg BASE=debian:13 .\n${DOCKERFILE}`],
  ])('%s', async (path, text) => {
    expect(await isPassed({ [path]: text })).toBe(true);
  });
});

describe('nothing passes it', () => {
  test.each<[string, string]>([
    ['Makefile', 'BASE = debian:13\n'],
    ['README.md', 'docker build --build-arg BASEIMAGE=debian:13 .\n'],
    ['other/build.sh', 'docker build --build-arg BASE=debian:13 .\n'],
    ['app/notes.txt', 'docker build --build-arg BASE=debian:13 .\n'],
  ])('%s', async (path, text) => {
    expect(await isPassed({ [path]: text })).toBe(false);
  });
});
