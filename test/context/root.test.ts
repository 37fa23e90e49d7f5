import { describe, expect, test } from 'vitest';
import { type Files, namedSources, pathFrom, rootFinder } from '../../server/src/context/index.js';
import { parseDockerfile } from '../../server/src/dockerfile/index.js';

/** The files of a repository; a name that ends with `/` is an empty folder. */
function below(files: Readonly<Record<string, string>>): Files & { readonly asked: string[] } {
  const asked: string[] = [];
  const paths = Object.keys(files);
  return {
    asked,
    readFile: path => Promise.resolve(files[path]),
    readDirectory: folder => {
      asked.push(folder);
      const prefix = folder === '' ? '' : `${folder}/`;
      const inside = paths.filter(path => path.startsWith(prefix)).map(path => path.slice(prefix.length));
      const entries = new Map(
        inside
          .filter(path => path !== '')
          .map(path => [path.split('/')[0] ?? '', path.includes('/') ? 'directory' : 'file'] as const),
      );
      return Promise.resolve(folder !== '' && inside.length === 0 ? undefined : [...entries]);
    },
  };
}

async function root(files: Readonly<Record<string, string>>, dockerfile: string, text: string): Promise<string> {
  const { path, isUnsure } = await rootFinder(below(files))(dockerfile, () => namedSources(parseDockerfile(text)));
  return `${path === '' ? '.' : path}${isUnsure ? '?' : ''}`;
}

describe('what a Dockerfile names in its build context', () => {
  const named = (text: string): readonly string[] => namedSources(parseDockerfile(`FROM a AS b\n${text}\n`));

  test.each<[string, readonly string[]]>([
    ['COPY package.json ./src /app/', ['package.json', 'src']],
    ['COPY ["a b", "/c"]', ['a b']],
    ['ADD --chown=1:1 /etc/conf /', ['etc/conf']],
    ['COPY src/*.js conf.d/x?/y /app/', ['conf.d', 'src']],
    ['RUN --mount=type=bind,source=go.mod,target=/go.mod --mount=target=/src go build', ['go.mod']],
    ['RUN --mount=src=a,dst=/a make', ['a']],
    ['COPY . /a\nCOPY / /b\nCOPY *.js /c', []],
    ['COPY --from=b /x /y\nRUN --mount=type=bind,from=b,source=/x,target=/y make', []],
    ['RUN --mount=type=cache,source=x,target=/y --mount=type=secret,id=z make', []],
    ['ADD https://example.com/a.tar /\nADD git@github.com:a/b.git /\nADD git://a/b /', []],
    ['COPY $FILE ${X}/y /', []],
    ['COPY <<EOF /a\nx\nEOF', []],
    ['ONBUILD COPY package.json /', []],
  ])('%s', (text, expected) => {
    expect(named(text)).toEqual(expected);
  });
});

describe('the build context is', () => {
  const project = { 'package.json': '', 'src/a.js': '', 'docker/entrypoint.sh': '', 'docker/Dockerfile': '' };

  test('the nearest folder that has all that is named', async () => {
    expect(await root(project, 'docker/Dockerfile', 'FROM a\nCOPY package.json ./\nCOPY . .\n')).toBe('.');
    expect(await root(project, 'docker/Dockerfile', 'FROM a\nCOPY docker/entrypoint.sh /\n')).toBe('.');
    expect(await root(project, 'docker/Dockerfile', 'FROM a\nCOPY entrypoint.sh /\nCOPY . .\n')).toBe('docker');
    expect(await root(project, 'docker/Dockerfile', 'FROM a\nRUN --mount=source=src,target=/s make\n')).toBe('.');
    const deep = { 'a/b/c/Dockerfile': '', 'a/go.mod': '', 'go.mod': '' };
    expect(await root(deep, 'a/b/c/Dockerfile', 'FROM a\nCOPY go.mod .\n')).toBe('a');
  });

  test('told by what is there: what the build makes first is nowhere', async () => {
    expect(await root(project, 'docker/Dockerfile', 'FROM a\nCOPY package.json dist ./\n')).toBe('.');
    expect(await root({ 'a/Dockerfile': '', 'a/pom.xml': '' }, 'a/Dockerfile', 'FROM a\nCOPY target/x.jar /\n')).toBe(
      'a',
    );
  });

  test('not known where what is named is in different folders', async () => {
    const text = 'FROM a\nCOPY package.json entrypoint.sh /\n';
    expect(await root(project, 'docker/Dockerfile', text)).toBe('docker?');
  });

  test('where the only .dockerignore is, when nothing is named', async () => {
    const text = 'FROM a\nCOPY . .\n';
    expect(await root({ ...project, '.dockerignore': '' }, 'docker/Dockerfile', text)).toBe('.');
    expect(await root({ ...project, 'docker/.dockerignore': '' }, 'docker/Dockerfile', text)).toBe('docker');
    const both = { ...project, '.dockerignore': '', 'docker/.dockerignore': '' };
    expect(await root(both, 'docker/Dockerfile', text)).toBe('docker?');
  });

  test('the folder of a project, when nothing else tells; a guess, when that is above', async () => {
    const text = 'FROM a\nCOPY . .\n';
    expect(await root({ 'api/go.mod': '', 'go.mod': '' }, 'api/Dockerfile', text)).toBe('api');
    expect(await root(project, 'docker/Dockerfile', text)).toBe('.?');
    expect(await root({ 'docker/x': '' }, 'docker/Dockerfile', text)).toBe('docker?');
    expect(await root({ x: '' }, 'Dockerfile', text)).toBe('.');
  });

  test('what a Compose file says', async () => {
    const text = 'FROM a\nCOPY . .\n';
    const compose = (build: string, files: Readonly<Record<string, string>> = project): Promise<string> =>
      root(
        { ...files, 'compose.yaml': `services:\n  web:\n    image: x\n  api:\n    ${build}\n` },
        'docker/Dockerfile',
        text,
      );
    expect(await compose('build: {context: ., dockerfile: docker/Dockerfile}')).toBe('.');
    expect(await compose('build: {dockerfile: docker/Dockerfile}')).toBe('.');
    expect(await compose('build: ./docker')).toBe('docker');
    expect(await compose('build: {context: src, dockerfile: ../docker/Dockerfile}')).toBe('src');
    // For another file, without a path that is known, or nothing that can be read.
    expect(await compose('build: {context: ., dockerfile: other/Dockerfile}')).toBe('.?');
    expect(await compose('build: {context: "${DIR}", dockerfile: docker/Dockerfile}')).toBe('.?');
    expect(await compose('build: {context: "https://example.com/x.git"}')).toBe('.?');
    expect(await compose('build: {context: ../.., dockerfile: docker/Dockerfile}')).toBe('.?');
    expect(await compose('build: {target: dev}')).toBe('.?');
    expect(await compose('build: [')).toBe('.?');
    expect(await compose('build: &a {context: ., dockerfile: docker/Dockerfile}\n  two:\n    build: *a')).toBe('.');
  });

  test('the one of several in Compose files that is there, or unknown', async () => {
    const build = (name: string, context: string): string =>
      `  ${name}:\n    build: {context: ${context}, dockerfile: ${context === '.' ? '' : '../'}docker/Dockerfile}\n`;
    const compose = (...contexts: readonly string[]): string =>
      `services:\n${contexts.map((context, index) => build(`s${index}`, context)).join('')}`;
    const find = (text: string): Promise<string> =>
      root({ ...project, 'docker-compose.yml': text }, 'docker/Dockerfile', 'FROM a\nCOPY package.json .\n');
    expect(await find(compose('.', '.'))).toBe('.');
    expect(await find(compose('src', 'gone'))).toBe('src');
    expect(await find(compose('.', 'src'))).toBe('docker?');
    expect(await find(compose('gone'))).toBe('.');
  });

  test('found by reading the folders above, and those of what is named, once each', async () => {
    const files = below({ ...project, 'node_modules/a/b.js': '' });
    const find = rootFinder(files);
    const sources = (): readonly string[] => ['package.json', 'src/a.js'];
    await find('docker/Dockerfile', sources);
    await find('docker/Dockerfile.dev', sources);
    expect(files.asked.sort()).toEqual(['', 'docker', 'docker/src', 'src']);
  });
});

test('a path from another folder', () => {
  expect(pathFrom('', 'docker/Dockerfile')).toBe('docker/Dockerfile');
  expect(pathFrom('docker', 'docker/Dockerfile')).toBe('Dockerfile');
  expect(pathFrom('a/b', 'a/c/Dockerfile')).toBe('../c/Dockerfile');
});
