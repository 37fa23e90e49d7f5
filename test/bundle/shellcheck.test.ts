import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleCliWithShellcheck, CLI_WORKER } from '../shellcheck/lib/bundles.js';

const root = mkdtempSync(join(tmpdir(), 'dockwright-shellcheck-'));
const cwd = join(root, 'files');
const cache = join(root, 'cache');
const kept = join(cache, 'dockwright/shellcheck.txt');
const worker = join(root, CLI_WORKER);
let cli = '';

beforeAll(async () => {
  cli = await bundleCliWithShellcheck(root);
  utimesSync(worker, 0, 0);
  mkdirSync(cwd);
  for (let index = 0; index < 100; index++)
    writeFileSync(join(cwd, `${index}.Dockerfile`), `FROM debian:12\nRUN cd /${index} && rm $x${index}/y\nUSER 1000\n`);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function run(...args: readonly string[]): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, 'lint', '--profile', 'all', '--format', 'json', ...args],
    { cwd, encoding: 'utf8', env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1', XDG_CACHE_HOME: cache } },
  );
  return { status, out: stdout, err: stderr };
}

test('several threads say what one says, from the cache as without it', () => {
  const alone = run('--jobs', '1', '--no-cache');
  expect(alone.out.match(/"SC2154"/g)?.length).toBeGreaterThanOrEqual(100);
  expect(alone.err).toBe('');
  expect(existsSync(kept)).toBe(false);
  expect(run('--jobs', '2')).toEqual(alone);
  const lines = readFileSync(kept, 'utf8').split('\n');
  // A checksum, and a line for each script, from whatever thread.
  expect(lines).toHaveLength(101);
  expect(run('--jobs', '2')).toEqual(alone);
  expect(run('--jobs', '1')).toEqual(alone);
});

test('what is known needs no ShellCheck', () => {
  const before = run();
  const whole = readFileSync(worker);
  writeFileSync(worker, 'throw new Error("not wanted");'.padEnd(whole.length));
  utimesSync(worker, 0, 0);
  expect(run()).toEqual(before);
  const without = run('--no-cache');
  expect(without.status).toBe(2);
  // From each thread, but said once.
  expect(without.err.match(/ShellCheck cannot be started/g)).toHaveLength(1);
  writeFileSync(worker, whole);
  utimesSync(worker, 0, 0);
});

test('another ShellCheck in its place is asked again', () => {
  run();
  writeFileSync(worker, `${readFileSync(worker, 'utf8')}\n`);
  const lines = readFileSync(kept, 'utf8').split('\n').length;
  run();
  expect(readFileSync(kept, 'utf8').split('\n').length).toBe(lines + 100);
});

test('a script that makes ShellCheck stop is skipped, said each time, and costs no other', () => {
  const deep = `${'('.repeat(3000)}ls${')'.repeat(3000)}`;
  writeFileSync(join(cwd, '7.Dockerfile'), `FROM debian:12\nRUN ${deep}\nRUN rm $x/y\nUSER 1000\n`);
  for (let round = 0; round < 2; round++) {
    const { out, err } = run();
    expect(err).toBe('dockwright: 7.Dockerfile:2: ShellCheck did not read this script: it made ShellCheck crash.\n');
    expect(out.match(/"SC2154"/g)?.length).toBeGreaterThanOrEqual(100);
  }
});
