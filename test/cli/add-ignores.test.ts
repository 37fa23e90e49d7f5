import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder, run } from './run.js';

const TEXT = `# syntax=docker/dockerfile:1
FROM debian AS a
  RUN cd /a && \\
    apt-get install x
# dockwright ignore=add-instead-of-copy -- why
ADD a /a
ONBUILD ADD b /b
`;

test('silences everything by comments with the reason, and changes nothing else', async () => {
  for (const eol of ['\n', '\r\n']) {
    const before = TEXT.replaceAll('\n', eol);
    const cwd = folder({ Dockerfile: before });
    const lint = (...args: string[]) => run(cwd, ['lint', '--no-shellcheck', '--profile', 'all', ...args]);
    const { code, err } = await lint('--add-ignores', 'from before 2026');
    expect([code, err]).toEqual([0, expect.stringMatching(/\d+ findings are ignored by comments now\./)]);
    const after = readFileSync(join(cwd, 'Dockerfile'), 'utf8');
    expect(after).toMatch(/\n {2}# dockwright ignore=[\w,-]+ -- from before 2026\r?\n {2}RUN cd/);
    expect(after.split('\n').filter(line => !line.includes('# dockwright'))).toEqual(
      before.split('\n').filter(line => !line.includes('# dockwright')),
    );
    expect(await lint('--quiet')).toEqual({ code: 0, out: '', err: '' });
    await lint('--add-ignores', 'again');
    expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toBe(after);
  }
});

test('takes what a baseline does not know, and leaves what cannot be ignored', async () => {
  const cwd = folder({ Dockerfile: 'FROM debian:12\nRUN cd /a\nFOO bar\n' });
  const lint = (...args: string[]) => run(cwd, ['lint', '--no-shellcheck', '--profile', 'hadolint', ...args]);
  await lint('--only', 'DL3003', '--baseline', 'b', '--update-baseline');
  expect((await lint('--baseline', 'b', '--add-ignores', 'x')).err).toContain('0 findings are ignored');
  expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).not.toContain('cd-instead');
  expect((await lint('--add-ignores', 'x')).err).toContain('1 left that no comment can silence');
  expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toContain(
    '# dockwright ignore=cd-instead-of-workdir -- x\nRUN',
  );
});

test.each([
  [['--add-ignores', ''], 'takes the reason'],
  [['--add-ignores', 'a\nb'], 'on one line'],
  [['--add-ignores', 'x', '--fix'], 'neither --fix'],
])('%j is an error', async (args, message) => {
  const { code, err } = await run(folder({ Dockerfile: 'FROM a\n' }), ['lint', ...args]);
  expect([code, err]).toEqual([2, expect.stringContaining(message)]);
});

test.each([
  ['#checkov:skip=CKV_DOCKER_4:it is an archive\nFROM debian:12\nADD a /a\nADD b /b\n', []],
  ['FROM debian:12\nADD a /a\n# checkov:skip=CKV_DOCKER_4\nADD b /b\n', []],
  ['FROM debian:12\n# tally ignore=hadolint/DL3020;reason=x\nADD a /a\nADD b /b\n', ['4']],
  ['# tally global ignore=DL3020, hadolint/DL3003\nFROM debian:12\nADD a /a\nADD b /b\nRUN cd /x\n', []],
  ['FROM debian:12\n# tally ignore=DL3003\nADD a /a\n', ['3']],
])('comments of other tools count: %j', async (text, lines) => {
  const { out } = await run(folder({ Dockerfile: text }), ['lint', '--no-shellcheck', '--only', 'DL3020,DL3003']);
  expect([...out.matchAll(/^Dockerfile:(\d+)/gm)].map(([, line]) => line)).toEqual(lines);
});
