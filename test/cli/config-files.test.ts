import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folder, type Result, run } from './run.js';

const TEXT = 'FROM debian:12\nRUN cd /a\nADD a /a\nUSER 1000\n';
const HADOLINT = 'profile: hadolint\n';

const lint = (cwd: string, ...args: string[]): Promise<Result> =>
  run(cwd, ['lint', '--no-shellcheck', '--quiet', ...args]);
const found = ({ out }: Result): string[] =>
  [...out.matchAll(/^(\S+?):(\d+):\d+ (\w+) .* \[\S+ (\S+?)[\] ]/gm)].map(match => match.slice(1).join(' '));

describe('extends', () => {
  test('takes files and packages; what is said itself comes first', async () => {
    const cwd = folder({
      Dockerfile: TEXT,
      'shared/base.yaml': `${HADOLINT}rules: { DL3003: info, DL3020: info }\nfail-on: error\n`,
      'node_modules/@acme/rules/.dockwright.yaml': 'extends: ./more.yaml\n',
      'node_modules/@acme/rules/more.yaml': 'rules: { DL3020: hint }\n',
      '.dockwright.yaml': 'extends: [shared/base.yaml, "@acme/rules"]\nrules: { DL3003: error }\n',
    });
    const result = await lint(cwd);
    expect([result.code, found(result)]).toEqual([1, ['Dockerfile 2 error DL3003', 'Dockerfile 3 hint DL3020']]);
    expect(found(await lint(cwd, '--only', 'DL3020', '--info', 'DL3020'))).toEqual(['Dockerfile 3 info DL3020']);
  });

  test.each([
    ['extends: ./none.yaml\n', 'is neither a file here nor a package'],
    ['extends: ./.dockwright.yaml\n', 'extends itself'],
    ['extends: ./a.yaml\n', 'extends itself'],
    ['extends: ./broken.yaml\n', '“./broken.yaml”: Unknown rule “none”'],
    ['extends: 5\n', 'list of strings'],
  ])('%j is an error at its place', async (config, message) => {
    const cwd = folder({
      Dockerfile: TEXT,
      '.dockwright.yaml': config,
      'a.yaml': 'extends: ./.dockwright.yaml\n',
      'broken.yaml': 'rules: { none: off }\n',
    });
    const { code, err } = await lint(cwd);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
    expect(err).toMatch(/^\.dockwright\.yaml:1:\d+ error/);
  });
});

describe('overrides', () => {
  const config = `${HADOLINT}overrides:
  - files: [dev/**, "*.test.Dockerfile"]
    rules: { DL3020: off }
  - files: "dev/strict"
    ignore: [DL3003]
    fail-on: never
`;
  const files = {
    '.dockwright.yaml': config,
    Dockerfile: TEXT,
    'a.test.Dockerfile': TEXT,
    'dev/Dockerfile': TEXT,
    'dev/strict/Dockerfile': TEXT,
  };

  test('count for the files that they name, below the command line', async () => {
    const cwd = folder(files);
    expect(found(await lint(cwd))).toEqual([
      'Dockerfile 2 warning DL3003',
      'Dockerfile 3 error DL3020',
      'a.test.Dockerfile 2 warning DL3003',
      'dev/Dockerfile 2 warning DL3003',
    ]);
    expect((await lint(cwd, 'dev/strict')).code).toBe(0);
    expect(found(await lint(join(cwd, 'dev'), '--select', 'DL3020', 'Dockerfile'))).toContain(
      'Dockerfile 3 error DL3020',
    );
    const { files: shown } = JSON.parse((await lint(cwd, '--print-config', 'dev/strict', 'Dockerfile')).out);
    expect(shown.map((file: { ignore: unknown; 'fail-on': unknown }) => [file.ignore, file['fail-on']])).toEqual([
      [['DL3003'], 'never'],
      [[], 'info'],
    ]);
  });

  test('count for harden, too', async () => {
    const cwd = folder(files);
    expect((await run(cwd, ['harden', 'dev/Dockerfile'])).out).not.toContain('+COPY');
    expect((await run(cwd, ['harden', 'Dockerfile'])).out).toContain('+COPY');
  });

  test.each([
    ['overrides: [{ rules: { DL3020: off } }]\n', 'needs files'],
    ['overrides: { files: a }\n', 'takes a list'],
    ['overrides: [{ files: a, rulse: {} }]\n', 'did you mean rules?'],
    ['overrides: [{ files: a, extends: b }]\n', 'Unknown option “extends”'],
  ])('%j is an error', async (text, message) => {
    const { code, err } = await lint(folder({ Dockerfile: TEXT, '.dockwright.yaml': text }));
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});

test('exclude leaves files out, also those that are named, which is said', async () => {
  const config = `${HADOLINT}exclude: [vendor/*, "old.*", "!vendor/keep"]\n`;
  const files = { Dockerfile: 'FROM debian:12\nUSER 1000\n', 'vendor/a/Dockerfile': TEXT, 'old.Dockerfile': TEXT };
  const cwd = folder({ ...files, 'vendor/keep/Dockerfile': TEXT, '.dockwright.yaml': config });
  expect(await lint(cwd, '--list-files')).toMatchObject({ out: 'Dockerfile\nvendor/keep/Dockerfile\n' });
  const named = await lint(cwd, 'old.Dockerfile', 'Dockerfile');
  expect(named).toEqual({
    code: 0,
    out: '',
    err: 'dockwright: old.Dockerfile was left out: the configuration excludes it.\n',
  });
});
