import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleCli } from '../../server/src/tools/bundle.js';
import { bundleWorkers, CLI_WORKER, KIND, WASM } from '../shellcheck/lib/bundles.js';

const root = mkdtempSync(join(tmpdir(), 'dockwright-output-'));
const cwd = join(root, 'files');
let cli = '';

beforeAll(async () => {
  cli = await bundleCli(root, KIND);
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'Dockerfile'), 'FROM debian:12\nRUN cd /tmp && echo $FOO\nUSER 1000\n');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const shell = (command: string, env: Record<string, string> = {}) =>
  spawnSync('bash', ['-o', 'pipefail', '-c', command], {
    cwd,
    encoding: 'utf8',
    timeout: 60_000,
    env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1', CLI: cli, NODE: process.execPath, ...env },
  });

describe.runIf(existsSync('/dev/full'))('standard output that cannot be written', () => {
  test.each([
    'lint --no-shellcheck',
    'lint --no-shellcheck --diff',
    'lint --no-shellcheck --fix -',
    'harden Dockerfile',
    'rules',
    'explain DL3008',
    'parse Dockerfile',
    '--help',
  ])('is said by %s, in one line, with status 2', command => {
    const { status, stderr } = shell(`"$NODE" "$CLI" ${command} > /dev/full < Dockerfile`);
    expect(stderr).toContain('dockwright: standard output cannot be written: The disk is full.\n');
    expect(stderr).not.toContain('    at ');
    expect(status).toBe(2);
  });
  test('nor is standard error needed to end as usual', () => {
    expect(shell('"$NODE" "$CLI" lint --no-shellcheck missing > /dev/full 2> /dev/full').status).toBe(2);
  });
});

test.skipIf(process.platform === 'win32')('a reader that goes away is not a message, and not 0', () => {
  for (let index = 0; index < 300; index++)
    writeFileSync(join(cwd, `${index}.Dockerfile`), 'FROM debian:12\nRUN apt-get install x\n');
  const { status, stderr } = shell('"$NODE" "$CLI" lint --no-shellcheck . | head -1');
  expect([status, stderr]).toEqual([141, '']);
  for (const name of readdirSync(cwd)) if (name !== 'Dockerfile') rmSync(join(cwd, name));
});

describe('ShellCheck', () => {
  const lint = (...args: string[]): [number | null, string] => {
    const { status, stderr } = shell(['"$NODE" "$CLI" lint', ...args, 'Dockerfile'].join(' '));
    return [status, stderr];
  };
  const SAID =
    /^dockwright: ShellCheck cannot be started, so scripts were not checked: .*\nAdd --no-shellcheck to do without\.\n$/;

  test('that is missing or cut is said, with status 2', async () => {
    const [status, message] = lint();
    expect([status, message]).toEqual([2, expect.stringMatching(SAID)]);
    expect(lint('--no-shellcheck')).toEqual([0, '']);
    cpSync((await bundleWorkers()).cli, join(root, CLI_WORKER));
    expect(lint()).toEqual([2, expect.stringMatching(SAID)]);
    cpSync(WASM, join(root, 'shellcheck.wasm'));
    expect(lint()).toEqual([0, '']);
    truncateSync(join(root, 'shellcheck.wasm'), 1_000_000);
    expect(lint()).toEqual([2, expect.stringMatching(SAID)]);
    expect(lint('--fix=review')).toEqual([2, expect.stringMatching(SAID)]);
  });
});

describe.skipIf(process.platform !== 'linux')('a place for compiled code', () => {
  test('in which no folder can be made keeps nobody', () => {
    const { status } = shell('"$NODE" "$CLI" lint --no-shellcheck .', {
      XDG_CACHE_HOME: '/proc/nope',
      NODE_DISABLE_COMPILE_CACHE: '',
    });
    expect(status).toBe(0);
  });
  test('that is relative leaves nothing in the repository', () => {
    shell('"$NODE" "$CLI" lint --no-shellcheck .', {
      XDG_CACHE_HOME: 'relative/path',
      NODE_DISABLE_COMPILE_CACHE: '',
      HOME: root,
    });
    expect(readdirSync(cwd)).toEqual(['Dockerfile']);
    expect(existsSync(join(root, '.cache/dockwright'))).toBe(true);
  });
});
