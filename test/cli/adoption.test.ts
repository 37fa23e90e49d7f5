import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folder, type Result, run } from './run.js';

/** Two warnings in profile hadolint, DL3003 and DL3020 (an error). */
const OLD = 'FROM debian:12\nRUN cd /a\nADD a /a\nUSER 1000\n';

const lint = (cwd: string, ...args: string[]): Promise<Result> =>
  run(cwd, ['lint', '--profile', 'hadolint', '--no-shellcheck', ...args]);
/** Path, line and code of each finding. */
const found = ({ out }: Result): string[] =>
  [...out.matchAll(/^(\S+?):(\d+):\d+ .* \[\S+ (\S+?)[\] ]/gm)].map(match => match.slice(1).join(' '));

describe('a baseline', () => {
  test('hides what was there, wherever it moves to, and nothing else', async () => {
    const root = folder({ 'a/Dockerfile': OLD, Dockerfile: OLD });
    expect(await lint(root, '--baseline', 'known.json', '--update-baseline')).toMatchObject({ code: 0, out: '' });
    const known = readFileSync(join(root, 'known.json'), 'utf8');
    expect(known).toMatch(/"a\/Dockerfile": \[\n\s*"add-instead-of-copy [0-9a-f]{12}",\n\s*"cd-instead-of-workdir /);
    expect(await lint(root, '--baseline', 'known.json')).toMatchObject({ code: 0 });
    writeFileSync(join(root, 'Dockerfile'), OLD.replace('RUN', '# more\nCOPY x /x\nRUN cd /b\nWORKDIR /y\nRUN'));
    const after = await lint(root, '--baseline', 'known.json');
    expect([after.code, found(after)]).toEqual([1, ['Dockerfile 4 DL3003']]);
    // From another folder, by an absolute path, in another format.
    const elsewhere = await run(join(root, 'a'), [
      'lint',
      '--profile',
      'hadolint',
      '-f',
      'json',
      '--baseline',
      '../known.json',
      join(root, 'Dockerfile'),
    ]);
    expect(JSON.parse(elsewhere.out).files[0].findings).toHaveLength(1);
  });

  test('counts findings that are alike', async () => {
    const root = folder({ Dockerfile: 'FROM debian:12\nRUN cd /a\nRUN true\nRUN cd /a\n' });
    await lint(root, '--baseline', 'b', '--update-baseline');
    appendFileSync(join(root, 'Dockerfile'), 'RUN cd /a\n');
    expect(found(await lint(root, '--baseline', 'b', '--only', 'DL3003'))).toEqual(['Dockerfile 5 DL3003']);
  });

  test('says what is gone, and forgets it when it is updated; files that are not checked keep theirs', async () => {
    const root = folder({ 'a.Dockerfile': OLD, 'b.Dockerfile': OLD });
    await lint(root, '--baseline', 'b', '--update-baseline');
    writeFileSync(join(root, 'a.Dockerfile'), 'FROM debian:12\nUSER 1000\n');
    expect((await lint(root, '--baseline', 'b')).err).toContain('2 of the baseline are gone');
    expect((await lint(root, '--baseline', 'b', '-q')).err).toBe('');
    await lint(root, '--baseline', 'b', '--update-baseline', 'a.Dockerfile');
    expect(Object.keys(JSON.parse(readFileSync(join(root, 'b'), 'utf8')).files)).toEqual(['b.Dockerfile']);
    rmSync(join(root, 'b.Dockerfile'));
    await lint(root, '--baseline', 'b', '--update-baseline', 'a.Dockerfile');
    expect(JSON.parse(readFileSync(join(root, 'b'), 'utf8')).files).toEqual({});
  });

  test.each([
    [['--baseline', 'none.json'], 'add --update-baseline to make it'],
    [['--baseline', 'bad.json'], 'is not a baseline'],
    [['--baseline', 'other.json'], 'is not a baseline'],
    [['--update-baseline'], '--baseline FILE'],
    [['--baseline', 'b', '--update-baseline', '--fix'], 'exclude each other'],
    [['--baseline', 'no/such/folder', '--update-baseline'], 'no such folder'],
  ])('%j is an error', async (args, message) => {
    const root = folder({ Dockerfile: OLD, 'bad.json': '{', 'other.json': '{"version":2,"files":{}}' });
    const { code, err } = await lint(root, ...args);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe('--since', () => {
  const git = (cwd: string, ...args: string[]): void =>
    void execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'init.defaultBranch=main', ...args], {
      cwd,
      stdio: 'pipe',
    });
  function repository(files: Record<string, string>): string {
    const root = folder(files);
    rmSync(join(root, '.git'), { recursive: true });
    git(root, 'init', '-q');
    git(root, 'add', '-A');
    git(root, 'commit', '-qm', 'first');
    return root;
  }

  test('reports what a change touches and what it brings, in files that are changed or new', async () => {
    const root = repository({ 'a.Dockerfile': OLD, 'b.Dockerfile': OLD, 'c.Dockerfile': OLD });
    git(root, 'checkout', '-qb', 'work');
    // A line that is touched, and a line that is not; the last USER is gone, which is reported at FROM.
    writeFileSync(join(root, 'a.Dockerfile'), 'FROM debian:12\nRUN cd /a\nADD a /b\nUSER 0\n');
    git(root, 'commit', '-qam', 'second');
    git(root, 'mv', 'b.Dockerfile', 'moved.Dockerfile');
    writeFileSync(join(root, 'new.Dockerfile'), OLD);
    const result = await lint(root, '--since', 'main');
    expect(found(result)).toEqual([
      'a.Dockerfile 3 DL3020',
      'a.Dockerfile 4 DL3002',
      'new.Dockerfile 2 DL3003',
      'new.Dockerfile 3 DL3020',
    ]);
    expect(result.code).toBe(1);
  });

  test('is content when nothing was changed', async () => {
    const root = repository({ Dockerfile: OLD });
    expect(await lint(root, '--since', 'HEAD')).toMatchObject({ code: 0, err: '' });
  });

  test('says what is missing', async () => {
    const root = repository({ Dockerfile: OLD });
    expect(await lint(root, '--since', 'origin/main')).toMatchObject({
      code: 2,
      err: expect.stringContaining('fetch it first'),
    });
    expect(await lint(root, '--since', '--help')).toMatchObject({ code: 2 });
    rmSync(join(root, '.git'), { recursive: true });
    expect(await lint(root, '--since', 'HEAD')).toMatchObject({
      code: 2,
      err: expect.stringContaining('git repository'),
    });
  });
});

describe('several reports', () => {
  test('are written in one run, beside the one for people', async () => {
    const root = folder({ Dockerfile: OLD });
    const { code, out } = await lint(root, '-o', 'sarif=a.sarif', '--output=junit=b.xml');
    expect([code, out]).toEqual([1, expect.stringContaining('[add-instead-of-copy DL3020')]);
    expect(JSON.parse(readFileSync(join(root, 'a.sarif'), 'utf8')).version).toBe('2.1.0');
    expect(readFileSync(join(root, 'b.xml'), 'utf8')).toContain('<testsuites');
    const one = await lint(root, '-f', 'json', '-o', 'c.json', '-o', 'sarif=d.sarif');
    expect([one.out, existsSync(join(root, 'c.json')), existsSync(join(root, 'd.sarif'))]).toEqual(['', true, true]);
  });

  test.each([
    [['-f', 'sarif', '-o', 'a', '-f', 'json', '-o', 'b'], '--format is given twice'],
    [['-o', 'a', '-o', 'b'], 'FORMAT=FILE'],
    [['-o', 'sarfi=a'], 'did you mean sarif?'],
    [['-o', 'sarif=Dockerfile'], 'in place of Dockerfile'],
  ])('%j is an error', async (args, message) => {
    const { code, err } = await lint(folder({ Dockerfile: OLD }), ...args);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe('rules on the command line', () => {
  const root = (): string =>
    folder({ Dockerfile: OLD, '.dockwright.yaml': 'rules: { DL3020: off }\nignore: [DL3003]\n' });

  test('may be groups and beginnings', async () => {
    expect(found(await lint(root()))).toEqual([]);
    expect(found(await lint(root(), '--select', 'DL300*,DL302*'))).toEqual([
      'Dockerfile 2 DL3003',
      'Dockerfile 3 DL3020',
    ]);
    expect(found(await lint(root(), '--select', 'hadolint', '--ignore', 'style'))).not.toContain('Dockerfile 2 DL3003');
    expect((await lint(folder({ Dockerfile: OLD }), '--ignore', 'all')).code).toBe(0);
    expect(await lint(root(), '--select', 'DL99*')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Unknown rule “DL99*”'),
    });
  });

  test('may be the only ones', async () => {
    const files = folder({ Dockerfile: 'FROM debian\nRUN cd /a\nADD a /a\n' });
    const only = await run(files, ['lint', '--no-shellcheck', '--only', 'DL3003,unpinned-*', '--fail-on', 'hint']);
    expect([only.code, found(only)]).toEqual([1, ['Dockerfile 2 DL3003']]);
    expect(found(await lint(root(), '--only', 'DL3020'))).toEqual(['Dockerfile 3 DL3020']);
  });

  test('take their severity from flags, whatever a file says', async () => {
    const files = { Dockerfile: OLD, '.dockwright.yaml': 'rules: { add-instead-of-copy: hint }\n' };
    const { out, code } = await lint(folder(files), '--info', 'DL3020', '--hint', 'cd-*');
    expect(out).toMatch(/:3:\d+ info .*DL3020/);
    expect(out).toMatch(/:2:\d+ hint .*DL3003/);
    expect(code).toBe(1);
    expect((await lint(folder(files), '--error', 'nothing')).code).toBe(2);
  });

  test('and groups are in configuration files as well', async () => {
    const config = 'profile: hadolint\nrules:\n  DL30*: off\n  DL3020: info\n';
    expect(
      found(await run(folder({ Dockerfile: OLD, '.dockwright.yaml': config }), ['lint', '--no-shellcheck'])),
    ).toEqual(['Dockerfile 3 DL3020']);
  });
});

describe('what a run says of itself', () => {
  test('how many files it took, and how long, also when all is well', async () => {
    const root = folder({ Dockerfile: 'FROM debian:12\nUSER 1000\n', 'b.Dockerfile': 'FROM debian:12\nUSER 1000\n' });
    expect((await lint(root)).out).toMatch(/^No problems found\. Checked 2 files in \d+\.\d s\.\n$/);
    expect((await lint(root, '--quiet')).out).toBe('');
  });

  test('how often each rule was broken', async () => {
    const root = folder({ Dockerfile: OLD, 'b.Dockerfile': `${OLD}RUN cd /b\n` });
    const { out, code } = await lint(root, '--statistics');
    expect(code).toBe(1);
    expect(out).toMatch(
      /^3 {2}cd-instead-of-workdir \(DL3003, [^)]*\): 2 files, 0 fixable\n2 {2}add-instead-of-copy \(.*\): 2 files, 2 fixable\n$/,
    );
  });

  test('which files it would take, and what would count for them', async () => {
    const root = folder({
      'a/Dockerfile': OLD,
      'b/Dockerfile': OLD,
      'b/.dockwright.yaml': 'profile: strict\nfail-on: error\n',
    });
    expect(await run(root, ['lint', '--list-files'])).toMatchObject({ code: 0, out: 'a/Dockerfile\nb/Dockerfile\n' });
    const { files } = JSON.parse((await run(root, ['lint', '--print-config', '--ignore', 'DL3*'])).out);
    expect(files).toMatchObject([
      { path: 'a/Dockerfile', source: null, profile: 'recommended', ignore: ['DL3*'], 'fail-on': 'warning' },
      { path: 'b/Dockerfile', source: join(root, 'b/.dockwright.yaml'), profile: 'strict', 'fail-on': 'error' },
    ]);
  });
});

describe('--max-warnings', () => {
  test('lets pass so many warnings, and no error', async () => {
    const root = folder({ Dockerfile: 'FROM debian:12\nRUN cd /a\nRUN cd /b\n' });
    expect((await lint(root, '--max-warnings', '2')).code).toBe(0);
    expect((await lint(root, '--max-warnings', '1')).code).toBe(1);
    expect((await lint(root, '--max-warnings', '9', '--error', 'DL3003')).code).toBe(1);
    expect(await lint(root, '--max-warnings', 'many')).toMatchObject({ code: 2 });
    expect(await lint(root, '--max-warnings', '1', '--fail-on', 'info')).toMatchObject({ code: 2 });
  });
});

describe('harden', () => {
  test('takes rules, and writes where it is told', async () => {
    const root = folder({ Dockerfile: 'FROM debian:12\nADD a /a\nRUN apt-get install curl\n' });
    const { out, code } = await run(root, ['harden', 'Dockerfile', '--ignore', 'DL3020', '-o', 'fix.diff']);
    expect([code, out]).toEqual([0, '']);
    const diff = readFileSync(join(root, 'fix.diff'), 'utf8');
    expect(diff).toContain('+RUN apt-get');
    expect(diff).not.toContain('+COPY');
    expect((await run(root, ['harden', 'Dockerfile', '--write', '-o', 'x'])).code).toBe(2);
  });
});
