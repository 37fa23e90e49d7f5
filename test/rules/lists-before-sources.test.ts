import { describe, expect, test } from 'vitest';
import { planHarden } from '../../server/src/harden/index.js';
import { snapshotFromFiles } from '../../server/src/tools/example-context.js';

type Files = Readonly<Record<string, string>>;

/** The instructions of a hardened builder, from its COPY on. */
function hardened(lines: string, files: Files): string {
  const dockerfile = `FROM debian:13 AS build\nWORKDIR /app\n${lines}RUN make\nFROM scratch\nCOPY --from=build /app/out /\nCMD ["/out"]\n`;
  const { after } = planHarden(dockerfile, { context: snapshotFromFiles({ 'src/main': '', ...files }) });
  const end = after.indexOf('RUN make');
  return after.slice(after.indexOf('WORKDIR /app\n') + 13, end);
}

const NODE_IGNORED = { '.dockerignore': 'node_modules\n' };
const PACKAGE = '{ "dependencies": { "express": "^5.0.0" } }';

describe('the lists of dependencies are copied before the sources', () => {
  test.each<[string, string, Files, string]>([
    [
      'npm',
      'npm ci',
      { 'package.json': PACKAGE, 'package-lock.json': '{}', '.npmrc': '', ...NODE_IGNORED },
      'package.json package-lock.json .npmrc',
    ],
    [
      'yarn',
      'yarn --frozen-lockfile',
      { 'package.json': PACKAGE, 'yarn.lock': '', ...NODE_IGNORED },
      'package.json yarn.lock',
    ],
    [
      'pnpm',
      'pnpm install --frozen-lockfile',
      { 'package.json': PACKAGE, 'pnpm-lock.yaml': '', ...NODE_IGNORED },
      'package.json pnpm-lock.yaml',
    ],
    ['pip', 'pip install --no-cache-dir -r requirements.txt', { 'requirements.txt': 'flask==3\n' }, 'requirements.txt'],
    [
      'Poetry',
      'poetry install --no-root',
      { 'pyproject.toml': '[tool.poetry]\n', 'poetry.lock': '' },
      'pyproject.toml poetry.lock',
    ],
    [
      'uv',
      'uv sync --frozen --no-install-project',
      { 'pyproject.toml': '[project]\n', 'uv.lock': '', '.dockerignore': '.venv\n' },
      'pyproject.toml uv.lock',
    ],
    [
      'Pipenv',
      'pipenv install --system --deploy',
      { Pipfile: '[packages]\n', 'Pipfile.lock': '{}' },
      'Pipfile Pipfile.lock',
    ],
    ['Go', 'go mod download', { 'go.mod': 'module a\n', 'go.sum': '' }, 'go.mod go.sum'],
    ['Bundler', 'bundle install', { Gemfile: "gem 'rack'\n", 'Gemfile.lock': '' }, 'Gemfile Gemfile.lock'],
    [
      'Composer',
      'composer install --no-scripts --no-autoloader',
      { 'composer.json': '{ "require": { "a/b": "1" } }', 'composer.lock': '{}', '.dockerignore': 'vendor\n' },
      'composer.json composer.lock',
    ],
    ['Maven', 'mvn -B dependency:go-offline', { 'pom.xml': '<project></project>' }, 'pom.xml'],
    ['.NET', 'dotnet restore', { 'shop.csproj': '<Project/>', '.dockerignore': '**/obj\n' }, 'shop.csproj'],
  ])('%s', (_, install, files, list) => {
    const after = hardened(`COPY . .\nRUN ${install}\n`, files);
    expect(after).toBe(`COPY ${list} ./\nRUN ${install}\nCOPY . .\n`);
  });

  test('a WORKDIR in between, and the cache emptied by the same RUN', () => {
    const files = { 'package.json': PACKAGE, ...NODE_IGNORED };
    const after = hardened('COPY . /srv\nWORKDIR /srv\nRUN npm install && npm cache clean --force\n', files);
    expect(after).toBe(
      'COPY package.json /srv/\nWORKDIR /srv\nRUN npm install && npm cache clean --force\nCOPY . /srv\n',
    );
  });
});

describe('the order stays where the installation may read more', () => {
  const npm = (manifest: string): Files => ({ 'package.json': manifest, 'package-lock.json': '{}', ...NODE_IGNORED });
  test.each<[string, string, Files]>([
    ['the list is not there', 'pip install -r requirements.txt', {}],
    ['its lock file is not there', 'npm ci', { 'package.json': PACKAGE, ...NODE_IGNORED }],
    ['the ignore file keeps the list out', 'pip install -r a.txt', { 'a.txt': 'b\n', '.dockerignore': '*.txt\n' }],
    ['another list', 'pip install -r requirements.txt', { 'requirements.txt': '-r base.txt\n', 'base.txt': 'flask\n' }],
    ['the project itself', 'pip install -r requirements.txt', { 'requirements.txt': '-e .\n' }],
    ['an archive beside it', 'pip install -r requirements.txt', { 'requirements.txt': 'libs/a-1.whl\n' }],
    ['a constraint', 'pip install -r requirements.txt -c c.txt', { 'requirements.txt': 'a\n', 'c.txt': 'a==1\n' }],
    ['a script of npm', 'npm ci', npm('{ "scripts": { "postinstall": "node setup.js" } }')],
    ['a part of the project', 'npm ci', npm('{ "dependencies": { "a": "file:libs/a" } }')],
    ['workspaces', 'npm ci', npm('{ "workspaces": ["a"] }')],
    ['a client that is generated from the sources', 'npm ci', npm('{ "dependencies": { "@prisma/client": "6" } }')],
    ['packages of the host over those of the image', 'npm ci', { 'package.json': PACKAGE, 'package-lock.json': '{}' }],
    ['another folder', 'npm ci --prefix web', npm(PACKAGE)],
    ['a build in the same RUN', 'npm ci && npm run build', npm(PACKAGE)],
    ['a module beside it', 'go mod download', { 'go.mod': 'module a\nreplace b => ./b\n' }],
    [
      'modules of a project',
      'mvn dependency:go-offline',
      { 'pom.xml': '<project><modules/></project>'.replace('/>', '>') },
    ],
    ['a gem of its own', 'bundle install', { Gemfile: 'gemspec\n', 'Gemfile.lock': '' }],
    ['two projects', 'dotnet restore', { 'a.csproj': '', 'b/b.csproj': '', '.dockerignore': '**/obj\n' }],
    ['scripts of Composer', 'composer install', { 'composer.json': '{}', '.dockerignore': 'vendor\n' }],
  ])('%s', (_, install, files) => {
    expect(hardened(`COPY . .\nRUN ${install}\n`, files)).toContain('COPY . .\nRUN');
  });

  test('an instruction in between that may make files', () => {
    const files = { 'requirements.txt': 'flask\n' };
    const lines = 'COPY . .\nRUN ./prepare\nRUN pip install --no-cache-dir -r requirements.txt\n';
    expect(hardened(lines, files)).toBe(lines);
  });

  test('the RUN works in another folder', () => {
    const files = { 'requirements.txt': 'flask\n' };
    const lines = 'COPY . /src\nRUN pip install --no-cache-dir -r requirements.txt\n';
    expect(hardened(lines, files)).toBe(lines);
  });
});
