import { describe, expect, test } from 'vitest';
import { projectFilesOf, readProject, servicesBuiltFrom } from '../../server/src/compose/index.js';
import type { ComposeService } from '../../server/src/context/index.js';
import { lint } from '../../server/src/engine/lint.js';
import { planHarden } from '../../server/src/harden/index.js';
import { snapshotFromFiles } from '../../server/src/tools/example-context.js';

const DOCKERFILE = 'FROM debian:13 AS base\nRUN make\nFROM base AS web\nCMD ["/app"]\n';

/** What the rule says of the Dockerfile beside a Compose file whose one service has this body. */
const severityOf = (rule: string, body: string, text = DOCKERFILE): string | undefined =>
  lint(text, {
    profile: 'strict',
    context: snapshotFromFiles({ 'compose.yaml': `services:\n  web:\n${body}` }),
  }).findings.find(finding => finding.rule === rule)?.severity;

describe('a Compose service silences missing-healthcheck', () => {
  const severity = (body: string) => severityOf('missing-healthcheck', body);

  test.each([
    ['by a check of its own', '    build: .\n    healthcheck: {test: ["CMD", "/app"]}\n'],
    ['by switching it off', '    build: .\n    healthcheck: {disable: true}\n'],
    ['by ending', '    build: .\n    restart: "no"\n'],
    ['for the stage that it names', '    build: {context: ., target: web}\n    healthcheck: {test: /app}\n'],
  ])('%s', (_, body) => {
    expect(severity(body)).toBeUndefined();
  });

  test.each([
    ['has none', '    build: .\n'],
    ['only says how often', '    build: .\n    healthcheck: {interval: 5s}\n'],
    ['is built from another file', '    build: {dockerfile: other/Dockerfile}\n    healthcheck: {test: /app}\n'],
    ['is another stage', '    build: {context: ., target: base}\n    healthcheck: {test: /app}\n'],
    ['is built from a stage that is not known', '    build: {context: ., target: $X}\n    healthcheck: {test: /app}\n'],
    ['is not built', '    image: x:1\n    healthcheck: {test: /app}\n'],
  ])('but not when it %s', (_, body) => {
    expect(severity(body)).toBe('info');
  });
});

describe('a Compose service makes final-stage-runs-as-root a hint', () => {
  const severity = (user: string) => severityOf('final-stage-runs-as-root', `    build: .\n    ${user}\n`);

  test.each(['user: "1000:1000"', 'user: app', 'user: "${UID:-1000}"', 'user: "${UID}:${GID}"'])('%s', user => {
    expect(severity(user)).toBe('hint');
  });

  test.each(['user: root', 'user: "0:1000"', 'user: "${UID:-0}"', 'user: ""', 'user:', 'init: true'])(
    'not by %s',
    user => {
      expect(severity(user)).toBe('warning');
    },
  );
});

test('a build argument that Compose passes needs no default, unless another service leaves it out', () => {
  const text = 'ARG TAG\nFROM debian:$TAG\nUSER 1\n';
  const passing = '    build: {context: ., args: [TAG=13]}\n';
  expect(severityOf('invalid-image-reference', passing, text)).toBeUndefined();
  expect(severityOf('invalid-image-reference', `${passing}  api:\n    build: .\n`, text)).toBe('error');
  expect(severityOf('invalid-image-reference', passing, 'ARG TAG\nARG NAME\nFROM $NAME:$TAG\n')).toBe('error');
});

describe('services are found in Compose files', () => {
  /** Of api/Dockerfile, by the Compose files of a repository. */
  async function services(files: Readonly<Record<string, string>>): Promise<readonly ComposeService[]> {
    const all = { 'api/Dockerfile': DOCKERFILE, ...files };
    const readDirectory = (folder: string) => {
      const inside = Object.keys(all).filter(path => path.slice(0, Math.max(0, path.lastIndexOf('/'))) === folder);
      return Promise.resolve(inside.map(path => [path.slice(path.lastIndexOf('/') + 1), 'file'] as const));
    };
    return servicesBuiltFrom('api/Dockerfile', { readDirectory }, path => {
      const folder = path.slice(0, path.lastIndexOf('/') + 1);
      const beside = Object.entries(all).flatMap(([name, text]) =>
        name.startsWith(folder) ? [[name.slice(folder.length), text] as const] : [],
      );
      const own = { path: path.slice(folder.length), text: files[path] ?? '' };
      return Promise.resolve(readProject(own, projectFilesOf(Object.fromEntries(beside))));
    });
  }
  const names = async (files: Readonly<Record<string, string>>) => (await services(files)).map(({ name }) => name);
  const service = (build: string, more = ''): string => `services:\n  api:\n    build: ${build}\n${more}`;

  test('of its folder and of those above', async () => {
    expect(await names({ 'compose.yaml': service('api') })).toEqual(['api']);
    expect(await names({ 'api/docker-compose.yml': service('.') })).toEqual(['api']);
    expect(await names({ 'compose.yaml': service('{context: ., dockerfile: api/Dockerfile}') })).toEqual(['api']);
    expect(await names({ 'compose.yaml': service('web') })).toEqual([]);
    expect(await names({ 'compose.yaml': service('../api') })).toEqual([]);
    expect(await names({ 'compose.yaml': 'services: [' })).toEqual([]);
  });

  test('as Compose reads them: overrides, extends, anchors', async () => {
    const override = 'services:\n  api:\n    user: "1000"\n    healthcheck: {test: /app}\n';
    const [merged] = await services({ 'compose.yaml': service('api'), 'compose.override.yaml': override });
    expect(merged).toMatchObject({ isNonRoot: true, needsNoHealthcheck: true });
    const base = '  base:\n    user: "1000"\n    healthcheck: &check {test: /app}\n';
    const [extended] = await services({ 'compose.yaml': service('api', `    extends: base\n${base}`) });
    expect(extended).toMatchObject({ isNonRoot: true, needsNoHealthcheck: true });
  });

  test.each([
    ['', false],
    ['    environment: {DEBUG: "1"}\n', false],
    ['    command: serve\n', true],
    ['    network_mode: host\n', true],
    ['    environment: {FLASK_RUN_HOST: 0.0.0.0}\n', true],
  ])('whether their containers may listen elsewhere: %j', async (lines, startsOtherwise) => {
    const [api] = await services({ 'compose.yaml': service('api', lines) });
    expect(api).toMatchObject({ startsOtherwise });
  });

  test('but not in those for developing, nor in parts of others', async () => {
    expect(await names({ 'docker-compose.dev.yml': service('api') })).toEqual([]);
    expect(await names({ 'compose.yaml': service('web'), 'compose.prod.yaml': service('api') })).toEqual([]);
  });
});

describe('a Compose service is evidence for the user', () => {
  const PYTHON = 'FROM python:3.12-slim-bookworm\nWORKDIR /app\nCOPY . .\nCMD ["python", "app.py"]\n';
  const hardened = (body: string): string =>
    planHarden(PYTHON, {
      context: snapshotFromFiles({ 'app.py': '', 'compose.yaml': `services:\n  web:\n    build: .\n${body}` }),
    }).after;

  test.each([
    ['all rights', '    privileged: true\n'],
    ['a capability', '    cap_add: [NET_ADMIN]\n'],
    ['a device', '    devices: [/dev/ttyUSB0]\n'],
    ['the processes of the host', '    pid: host\n'],
    ['the socket of Docker', '    volumes: ["/var/run/docker.sock:/var/run/docker.sock"]\n'],
    ['the logs of the host', '    volumes: ["/var/log:/logs:ro"]\n'],
    ['a folder in root’s home', '    volumes: ["models:/root/.cache"]\n'],
    ['data on the host', '    volumes: ["./data:/app/data"]\n'],
    ['a database on the host', '    volumes: ["./app.db:/app/app.db"]\n'],
    ['settings on the host', '    volumes: ["./config:/config"]\n'],
    ['work of root before the program', '    command: sh -c "chown -R www-data /app && python app.py"\n'],
    ['a log of the system', '    command: sh -c "python app.py > /var/log/x.txt"\n'],
    ['another entry point that does so', '    entrypoint: [sh, -c, "apt-get update && python app.py"]\n'],
  ])('%s keeps root', (_, body) => {
    expect(hardened(body)).not.toContain('USER');
  });

  test.each([
    ['a right that Docker gives to all', '    cap_add: [NET_BIND_SERVICE]\n'],
    ['the sources of the developer', '    volumes: [".:/app"]\n'],
    ['root, which Compose then takes whatever the image says', '    user: root\n'],
    ['the time zone', '    volumes: ["/etc/localtime:/etc/localtime:ro"]\n'],
    ['a file of settings', '    volumes: ["./app.toml:/app/app.toml:ro"]\n'],
    ['a command of the program', '    command: python app.py --debug\n'],
    ['variables', '    volumes: ["$DATA:/app/data"]\n'],
  ])('%s does not', (_, body) => {
    expect(hardened(body)).toContain('USER 10001:10001');
  });

  test('a volume with a name is given to the user, who owns it when it is made', () => {
    const after = hardened('    volumes: ["media:/app/media", "/app/node_modules"]\n');
    expect(after).toMatch(/mkdir -p \/app\/media/);
    expect(after).toMatch(/chown (?:-R )?10001:10001 .*\/app\/media/);
    expect(after).not.toContain('node_modules');
  });

  test('the message quotes what Compose says', () => {
    const { left } = planHarden(PYTHON, {
      context: snapshotFromFiles({ 'compose.yaml': 'services:\n  web: {build: ., cap_add: [SYS_ADMIN]}\n' }),
    });
    expect(left.map(({ message }) => message).join()).toContain('“cap_add: SYS_ADMIN” of the Compose service web');
  });
});
