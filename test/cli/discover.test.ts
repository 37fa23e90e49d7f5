import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { discover } from '../../server/src/cli/discover.js';
import { folder, run } from './run.js';

const BAD = 'FROM debian:12\nRUN apt-get install curl\nUSER 1000\n';
const GOOD = 'FROM debian:12\nUSER 1000\n';
const ONLY = ['--no-shellcheck', '--ignore', 'DL3015,apt-lists-left'];

function found(cwd: string, ...given: string[]): string[] {
  const { files, failures } = discover(given, cwd);
  return [...files.map(({ path }) => path), ...failures.map(({ path, error }) => `${path}: ${error}`)];
}

describe('!pattern', () => {
  const cwd = () =>
    folder({
      Dockerfile: BAD,
      'Dockerfile.dev': BAD,
      'vendor/Dockerfile': BAD,
      'a/vendor/Dockerfile': BAD,
      'a/Dockerfile': BAD,
      'README.md': 'FROM debian\nRUN apt-get install x\n',
      'app/notes.sql': 'select 1\n',
    });
  test.each([
    ['!vendor/**', ['Dockerfile', 'Dockerfile.dev', 'a/Dockerfile', 'a/vendor/Dockerfile']],
    ['!/vendor', ['Dockerfile', 'Dockerfile.dev', 'a/Dockerfile', 'a/vendor/Dockerfile']],
    ['!./vendor/', ['Dockerfile', 'Dockerfile.dev', 'a/Dockerfile']],
    ['!vendor', ['Dockerfile', 'Dockerfile.dev', 'a/Dockerfile']],
    ['!**/vendor/**', ['Dockerfile', 'Dockerfile.dev', 'a/Dockerfile']],
    ['!{vendor,a}/**', ['Dockerfile', 'Dockerfile.dev']],
    ['!*.dev', ['Dockerfile', 'a/Dockerfile', 'a/vendor/Dockerfile', 'vendor/Dockerfile']],
    ['!nothing', ['Dockerfile', 'Dockerfile.dev', 'a/Dockerfile', 'a/vendor/Dockerfile', 'vendor/Dockerfile']],
  ])('%s takes away from what others find, in any order', (pattern, files) => {
    const root = cwd();
    expect(found(root, '.', pattern)).toEqual(files);
    expect(found(root, pattern, '.').sort()).toEqual(files);
    expect(found(root, '**/Dockerfile*', pattern)).toEqual(files);
  });
  test('takes away a file that is named, one above the current folder, and one named in full', () => {
    const root = cwd();
    expect(found(root, 'Dockerfile', 'a/Dockerfile', '!a')).toEqual(['Dockerfile']);
    expect(found(join(root, 'app'), '../Dockerfile', '../vendor/Dockerfile', '!../vendor/**')).toEqual([
      '../Dockerfile',
    ]);
    expect(found(root, '.', `!${root}/a/**`, `!${root}/vendor`)).toEqual(['Dockerfile', 'Dockerfile.dev']);
  });
  test('never leads to a file by itself', async () => {
    const root = cwd();
    for (const argv of [['!vendor/**'], ['!a', '!b'], ['.', '!']]) {
      const { code, err } = await run(root, ['lint', ...ONLY, '--fix', ...argv]);
      expect(code).toBe(2);
      expect(err).toMatch(/^dockwright: “!.*\n$/);
    }
    expect(readFileSync(join(root, 'Dockerfile'), 'utf8')).toBe(BAD);
  });
  test('is kept by --fix', async () => {
    const root = cwd();
    await run(root, ['lint', ...ONLY, '--fix', '**/Dockerfile*', '!vendor/**']);
    expect(readFileSync(join(root, 'vendor/Dockerfile'), 'utf8')).toBe(BAD);
    expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain('install x');
    expect(readFileSync(join(root, 'app/notes.sql'), 'utf8')).toBe('select 1\n');
    expect(readFileSync(join(root, 'a/Dockerfile'), 'utf8')).not.toBe(BAD);
  });
});

describe('a glob', () => {
  const cwd = () =>
    folder({
      Dockerfile: GOOD,
      'Dockerfile.md': GOOD,
      'README.md': GOOD,
      'a/app.build': GOOD,
      'b/app.build': GOOD,
      'b/deploy.txt': GOOD,
      'b/x.Dockerfile': GOOD,
    });
  test.each([
    [['**'], ['Dockerfile', 'b/x.Dockerfile']],
    [['*'], ['Dockerfile']],
    [['**/*'], ['Dockerfile', 'b/x.Dockerfile']],
    [['b/*'], ['b/x.Dockerfile']],
    [['**/app.build'], ['a/app.build', 'b/app.build']],
    [['*/{app.build,x.Dockerfile}'], ['a/app.build', 'b/app.build', 'b/x.Dockerfile']],
    [['b/{app,x}.*'], ['b/x.Dockerfile']],
    [
      ['**/*.build'],
      ['**/*.build: No file that matches this is named like a Dockerfile: write out the names of the files.'],
    ],
    [['*.none'], ['*.none: No file matches this.']],
  ])('%s', (given, files) => {
    expect(found(cwd(), ...given)).toEqual(files);
  });
});

describe('what the shell makes of *', () => {
  test('leaves out what is something else, and checks the rest', async () => {
    const cwd = folder({ Dockerfile: GOOD, 'package.json': '{ "a": 1 }\n', 'main.py': 'import x\n', image: GOOD });
    const { code, err } = await run(cwd, ['lint', ...ONLY, 'Dockerfile', 'image', 'main.py', 'package.json']);
    expect(err).toBe(
      'dockwright: main.py was left out: it is not a Dockerfile or Compose file.\ndockwright: package.json was left out: it is not a Dockerfile or Compose file.\n',
    );
    expect(code).toBe(0);
    expect((await run(cwd, ['lint', 'main.py'])).code).toBe(2);
  });
});

describe('no PATH that leads anywhere', () => {
  test.each([
    [['lint', ''], 'a PATH is empty: is a variable not set?'],
    [['lint', 'Dockerfile', ''], 'a PATH is empty'],
    [['harden', ''], 'a PATH is empty'],
    [
      ['lint', '--stdin-filename', 'Dockerfile'],
      '--stdin-filename says what to call standard input: add - to read it.',
    ],
    [['harden', '--stdin-filename', 'x', '.'], 'add - to read it'],
    [['lint', 'docs'], 'no Dockerfile or Compose file found in “docs”. Is that right? Then add --allow-no-files.'],
    [['harden', 'docs'], 'no Dockerfile or Compose file found in “docs”.'],
    [['parse', 'docs'], 'no Dockerfile found in docs.'],
    [['lint', '.', '!Dockerfile'], 'no Dockerfile or Compose file found in the current folder.'],
  ])('%s is an error', async (argv, message) => {
    const cwd = folder({ Dockerfile: BAD, 'docs/x.md': '' });
    const { code, out, err } = await run(cwd, argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toBe(BAD);
  });
  test('is not an error with --allow-no-files', async () => {
    const cwd = folder({ 'docs/x.md': '' });
    expect(await run(cwd, ['lint', '--allow-no-files', 'docs'])).toEqual({
      code: 0,
      out: '',
      err: 'dockwright: no Dockerfile or Compose file found in “docs”.\n',
    });
    const { code, out } = await run(cwd, ['lint', '--allow-no-files', '--format', 'json', '.']);
    expect([code, JSON.parse(out).files]).toEqual([0, []]);
    expect((await run(cwd, ['lint', '--allow-no-files', 'missing'])).code).toBe(2);
  });
});

describe('.gitignore', () => {
  test('a folder that is named is searched, whatever git thinks of it', () => {
    const cwd = folder({
      '.gitignore': 'sub/\ndeep/a\n',
      'sub/Dockerfile': GOOD,
      'sub/x/Dockerfile': GOOD,
      'sub/tmp/Dockerfile': GOOD,
      'sub/.gitignore': 'tmp/\n',
      'deep/a/b/Dockerfile': GOOD,
    });
    expect(found(cwd, '.')).toEqual([]);
    expect(found(cwd, 'sub')).toEqual(['sub/Dockerfile', 'sub/x/Dockerfile']);
    expect(found(cwd, 'sub/**')).toEqual(['sub/Dockerfile', 'sub/x/Dockerfile']);
    expect(found(cwd, 'deep/a/b')).toEqual(['deep/a/b/Dockerfile']);
    expect(found(join(cwd, 'sub'), '.')).toEqual(['Dockerfile', 'x/Dockerfile']);
  });
  test('the person’s own file counts, below the repository’s', () => {
    const home = folder({
      '.gitconfig': '[user]\n  excludesFile = ~/no\n[core]\n  ; mine\n  excludesFile = "~/mine" # for all\n',
      mine: 'a\nb\n',
      no: 'c\n',
      '.config/git/ignore': 'c\n',
    });
    const cwd = folder({ 'a/Dockerfile': GOOD, 'b/Dockerfile': GOOD, 'c/Dockerfile': GOOD, '.gitignore': '!b\n' });
    vi.stubEnv('HOME', home);
    vi.stubEnv('XDG_CONFIG_HOME', undefined);
    expect(found(cwd, '.')).toEqual(['b/Dockerfile', 'c/Dockerfile']);
    rmSync(join(home, '.gitconfig'));
    expect(found(cwd, '.')).toEqual(['a/Dockerfile', 'b/Dockerfile']);
    vi.unstubAllEnvs();
  });

  test('.git/info/exclude counts, below .gitignore', () => {
    const cwd = folder({ 'a/Dockerfile': GOOD, 'b/Dockerfile': GOOD, '.gitignore': '!b\n' });
    mkdirSync(join(cwd, '.git/info'));
    writeFileSync(join(cwd, '.git/info/exclude'), 'a\nb\n');
    expect(found(cwd, '.')).toEqual(['b/Dockerfile']);
  });
});

describe.skipIf(process.platform === 'win32')('links that lead nowhere', () => {
  test('are one line each, and an error', async () => {
    const cwd = folder({ 'a/Dockerfile': GOOD });
    symlinkSync('nothing', join(cwd, 'a/Dockerfile.gone'));
    symlinkSync('Dockerfile.loop', join(cwd, 'a/Dockerfile.loop'));
    symlinkSync('nothing', join(cwd, 'a/other'));
    symlinkSync('..', join(cwd, 'a/Dockerfile.d'));
    expect(found(cwd, '.')).toEqual([
      'a/Dockerfile',
      'a/Dockerfile.gone: This link leads to a file that is not there.',
      'a/Dockerfile.loop: The links lead in a circle.',
    ]);
    expect((await run(cwd, ['lint', ...ONLY, '.'])).code).toBe(2);
  });
});
