import { spawnSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bundleCli } from '../../server/src/tools/bundle.js';

const root = mkdtempSync(join(tmpdir(), 'dockwright-saving-'));
const cwd = join(root, 'files');
const path = join(cwd, 'Dockerfile');
// A comment that makes the file larger than 8 KB; what is fixed comes after it.
const BEFORE = `FROM debian:12\n# ${'x'.repeat(9000)}\nRUN apt-get install curl\n`;
const COMMANDS = ['lint --no-shellcheck --fix', 'harden --write'];
let cli = '';

beforeAll(async () => {
  cli = await bundleCli(root);
});
beforeEach(() => {
  rmSync(cwd, { recursive: true, force: true });
  mkdirSync(cwd);
  writeFileSync(path, BEFORE);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const shell = (command: string, user?: number) =>
  spawnSync('bash', ['-c', command], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1', CLI: cli, NODE: process.execPath },
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });

const isWhole = (): void => expect(readFileSync(path, 'utf8')).toBe(BEFORE);

describe.skipIf(process.platform === 'win32').each(COMMANDS)('%s', command => {
  const line = `"$NODE" "$CLI" ${command} Dockerfile`;

  // `ulimit -f` lets a file grow to so many KB: further writing fails as on a full disk, or ends the process in the middle.
  test('loses nothing when there is no room', () => {
    const { status, stdout, stderr } = shell(`trap '' XFSZ; ulimit -f 8; ${line}`);
    expect(stdout + stderr).toContain('cannot be written: It would become larger than files may be here.');
    expect(status).toBe(2);
    isWhole();
    expect(readdirSync(cwd)).toEqual(['Dockerfile']);
  });

  test('loses nothing of a file with two names when there is no room', () => {
    linkSync(path, join(cwd, 'other'));
    const { status } = shell(`trap '' XFSZ; ulimit -f 8; ${line}`);
    expect(status).toBe(2);
    isWhole();
  });

  test('loses nothing when it is killed in the middle', () => {
    const { status, signal } = shell(`ulimit -f 8; exec ${line}`);
    if (signal === null) expect(status).not.toBe(0);
    isWhole();
  });

  test.each([
    ['file', 0o444, 0o755],
    ['folder', 0o644, 0o555],
  ])('says that the %s is read-only', (_, file, around) => {
    // Root may write everything.
    const isRoot = process.getuid?.() === 0;
    chmodSync(root, 0o755);
    chmodSync(path, file);
    chmodSync(cwd, around);
    const { status, stdout, stderr } = shell(line, isRoot ? 65534 : undefined);
    chmodSync(cwd, 0o755);
    expect(stdout + stderr).toContain('The file cannot be written: It is read-only, or its folder is.');
    expect(status).toBe(2);
    isWhole();
  });
});

test.skipIf(process.platform === 'win32')('a folder that may not be read is one line, and an error', () => {
  const closed = join(cwd, 'closed');
  mkdirSync(closed, 0o000);
  chmodSync(root, 0o755);
  const { status, stdout } = shell(
    '"$NODE" "$CLI" lint --no-shellcheck .',
    process.getuid?.() === 0 ? 65534 : undefined,
  );
  expect(stdout).toContain('closed/ error The folder may not be read, so it was not searched.');
  expect(status).toBe(2);
});
