import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folder, run } from './run.js';

const FILE = 'FROM debian:12\nADD app /app\nUSER me\nLABEL A_=1\n';
/** Each with its level in hadolint. */
const ROWS = ['f:2 DL3020 error', 'f:3 DL3066 info', 'f:4 DL3048 style'];

const lint = (files: Readonly<Record<string, string>>, args: readonly string[], env: Record<string, string> = {}) =>
  run(folder({ f: FILE, ...files }), ['hadolint', ...args], { env: { HOME: '/nowhere', NO_COLOR: '1', ...env } });

const rows = (out: string): string[] =>
  out
    .trimEnd()
    .split('\n')
    .map(line => line.replace(/: .*/, ''));

describe('dockwright hadolint', () => {
  test('reports in lines of file, line, code and level, and fails at infos', async () => {
    const { code, out, err } = await lint({}, ['f']);
    expect([code, rows(out), err]).toEqual([1, ROWS, '']);
  });

  test.each([
    [['-t', 'error', '--ignore', 'DL3020', 'f'], 0],
    [['-tinfo', '--ignore=DL3020', 'f'], 1],
    [['--failure-threshold', 'info', '--ignore', 'DL3020', '--ignore', 'DL3066', 'f'], 0],
    [['-t', 'style', '--ignore', 'DL3020', '--ignore', 'DL3066', 'f'], 1],
    [['-t', 'none', '--ignore', 'DL3020', '--ignore', 'DL3066', 'f'], 1],
    [['--no-fail', 'f'], 0],
    [['-f', 'codeclimate', 'f'], 0],
    [['-f', 'codacy', 'f'], 0],
    [['-f', 'gitlab_codeclimate', 'f'], 1],
    [['--no-fail', 'nothing-there'], 1],
    [[], 1],
    [['--bogus', 'f'], 1],
    [['-f', 'bogus', 'f'], 1],
    [['-t', 'bogus', 'f'], 1],
    [['--require-label', 'a:bogus', 'f'], 1],
    [['-c', 'nothing.yaml', 'f'], 1],
    [['.'], 1],
  ])('%j ends with %i', async (args, code) => {
    expect((await lint({}, args)).code).toBe(code);
  });

  test('takes severities by flag, the most severe of several', async () => {
    const { out } = await lint({}, ['--style', 'DL3020', '--error', 'DL3066', '--info', 'DL3066', 'f']);
    expect(rows(out)).toEqual(['f:2 DL3020 style', 'f:3 DL3066 error', 'f:4 DL3048 style']);
  });

  test('does not take what cannot be parsed for a rule', async () => {
    const broken = { f: 'FROM debian:12\nFOO bar\n' };
    expect(await lint(broken, ['--ignore', 'DL1000', 'f'])).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^f:2:1 /),
    });
  });

  test('obeys labels, registries and ignore comments as told', async () => {
    const files = { f: 'FROM debian:12\n# hadolint ignore=DL3066\nUSER me\n' };
    expect((await lint(files, ['f'])).out).toBe('');
    expect(rows((await lint(files, ['--disable-ignore-pragma', 'f'])).out)).toEqual(['f:3 DL3066 info']);
    expect(rows((await lint(files, ['--trusted-registry', 'ghcr.io', 'f'])).out)).toEqual(['f:1 DL3026 error']);
    const labels = ['--require-label', 'a:semver', '--require-label', 'b', '--require-label', 'c:', 'f'];
    expect(rows((await lint(files, labels)).out)).toEqual(new Array(3).fill('f:1 DL3049 info'));
    const strict = { f: 'FROM debian:12\nLABEL a=b\n' };
    expect(rows((await lint(strict, ['--strict-labels', 'f'])).out)).toEqual(['f:2 DL3050 info']);
  });

  test('reads the environment below the file below the flags', async () => {
    const env = { HADOLINT_FAILURE_THRESHOLD: 'error', HADOLINT_IGNORE: 'DL3020' };
    expect((await lint({}, ['f'], env)).code).toBe(0);
    expect((await lint({ '.hadolint.yaml': 'failure-threshold: info\n' }, ['f'], env)).code).toBe(1);
    const both = await lint({ '.hadolint.yml': 'failure-threshold: error\n' }, ['-t', 'info', 'f'], env);
    expect([both.code, rows(both.out)]).toEqual([1, ROWS.slice(1)]);
    expect((await lint({}, ['f'], { HADOLINT_NOFAIL: 'yes' })).code).toBe(0);
    expect((await lint({ '.hadolint.yaml': 'no-fail: false\n' }, ['f'], { HADOLINT_NOFAIL: 'yes' })).code).toBe(1);
  });

  test.each([
    '.config/hadolint.yaml',
    '.config/hadolint.yml',
    '.hadolint/hadolint.yaml',
    '.hadolint/config.yaml',
    '.hadolint.yaml',
  ])('finds ~/%s', async name => {
    const home = folder({ [name]: 'ignored: [DL3020, DL3066, DL3048]\n' });
    expect(await lint({}, ['f'], { HOME: home })).toEqual({ code: 0, out: '', err: '' });
  });

  test('looks in XDG_CONFIG_HOME in place of ~/.config, and never beside the Dockerfile', async () => {
    const home = folder({ '.config/hadolint.yaml': 'ignored: [DL3020]\n', 'xdg/hadolint.yaml': 'ignored: [DL3066]\n' });
    const { out } = await lint({}, ['f'], { HOME: home, XDG_CONFIG_HOME: join(home, 'xdg') });
    expect(rows(out)).toEqual([ROWS[0], ROWS[2]]);
    const beside = await lint({ 'sub/f': FILE, 'sub/.hadolint.yaml': 'ignored: [DL3020]\n' }, ['sub/f']);
    expect(rows(beside.out)).toEqual(ROWS.map(row => `sub/${row}`));
  });

  test('leaves out a configuration that cannot be read, and says so; unknown keys and codes are let pass', async () => {
    const broken = await lint({ '.hadolint.yaml': 'ignored: [DL3020]\nfailure-threshold: much\n' }, ['f']);
    expect([broken.code, rows(broken.out)]).toEqual([1, ROWS]);
    expect(broken.err).toContain('.hadolint.yaml was left out');
    const odd = await lint({ '.hadolint.yaml': 'ignored: [DL3020, DL9999]\nfoo: bar\n' }, ['f']);
    expect([rows(odd.out), odd.err]).toEqual([ROWS.slice(1), '']);
  });

  test('reports a rule once for an instruction, in its first line', async () => {
    const text = 'FROM debian:12\n\nRUN a && \\\n cd /x && \\\n cd /y\nRUN cd /z\n';
    expect(rows((await lint({ f: text }, ['f'])).out)).toEqual(['f:3 DL3003 warning', 'f:6 DL3003 warning']);
  });

  test('takes files as they are named, twice if they are, and standard input', async () => {
    const root = folder({ f: 'FROM debian:12\nUSER a\n' });
    const { out } = await run(root, ['hadolint', 'f', '-', 'f'], {
      stdin: 'FROM debian:12\nUSER b\n',
      env: { NO_COLOR: '', HOME: '/nowhere' },
    });
    expect(rows(out)).toEqual(['f:2 DL3066 info', '-:2 DL3066 info', 'f:2 DL3066 info']);
  });

  test('colours unless told not to, also into a pipe', async () => {
    const root = folder({ f: FILE });
    const env = { HOME: '/nowhere' };
    expect((await run(root, ['hadolint', 'f'], { env })).out).toContain('\u001B[');
    expect((await run(root, ['hadolint', '--no-color', 'f'], { env })).out).not.toContain('\u001B[');
  });

  test('writes every report that is asked for, those of the environment first', async () => {
    const root = folder({ f: 'FROM debian:12\nUSER a\n' });
    const env = { HOME: '/nowhere', HADOLINT_FORMAT: 'gnu' };
    const { out } = await run(root, ['hadolint', '-f', 'json', '-o', 'report', 'f'], { env });
    expect(out).toBe('');
    const report = readFileSync(join(root, 'report'), 'utf8');
    expect(report).toMatch(/^hadolint:f:2: DL3066 info: .*\n\[\{"code":"DL3066","column":1,"file":"f","level":"info"/);
  });

  test('says its version and its help', async () => {
    expect(await lint({}, ['-v'])).toMatchObject({
      code: 0,
      out: 'hadolint 2.15.1, as Dockwright 1.2.3 understands it\n',
    });
    expect(await lint({}, ['-h'])).toMatchObject({ code: 0, out: expect.stringContaining('--failure-threshold') });
  });
});
