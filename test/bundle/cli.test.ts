import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleCli } from '../../server/src/tools/bundle.js';

const root = mkdtempSync(join(tmpdir(), 'dockwright-process-'));
const cache = join(root, 'cache');
const stored = join(cache, 'dockwright', `lint-node${process.versions.node.split('.')[0]}.bin`);
let cli = '';

beforeAll(async () => {
  cli = await bundleCli(root);
  for (let index = 0; index < 100; index++)
    writeFileSync(join(root, `${index}.Dockerfile`), `FROM debian:12\nRUN apt-get install pkg${index}\n`);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function run(
  args: readonly string[],
  env: Record<string, string> = {},
): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '', XDG_CACHE_HOME: cache, ...env },
  });
  return { status, out: stdout, err: stderr };
}

const LINT = ['lint', '--format', 'json', '--no-config', '.'];

describe('the process', () => {
  test('says with real threads what one says', () => {
    const alone = run([...LINT, '--jobs', '1']);
    expect([alone.status, alone.err]).toEqual([1, '']);
    expect(JSON.parse(alone.out).files).toHaveLength(100);
    expect(run([...LINT, '--jobs', '4'])).toEqual(alone);
  });

  test('gives its version, and serves the other commands', () => {
    expect(run(['--version'])).toMatchObject({ status: 0, err: '' });
    expect(run(['explain', 'DL3014']).out).toContain('apt-get-install-without-yes');
    expect(run(['harden', '0.Dockerfile']).out).toContain('+RUN apt-get');
  });
});

describe.skipIf(process.platform === 'win32' || process.platform === 'darwin')('compiled code', () => {
  const normal = (): void => expect(run(LINT)).toEqual(run(LINT, { NODE_DISABLE_COMPILE_CACHE: '1' }));

  test('is kept, and used again', () => {
    rmSync(cache, { recursive: true, force: true });
    run(LINT, { NODE_DISABLE_COMPILE_CACHE: '1' });
    expect(existsSync(stored)).toBe(false);
    normal();
    expect(readFileSync(stored).length).toBeGreaterThan(100_000);
    normal();
  });

  test.each([
    ['cut short', (file: Buffer) => file.subarray(0, file.length >> 1)],
    ['changed', (file: Buffer) => file.fill(0x41, file.length - 5000, file.length - 4000)],
    ['of another bundle', (file: Buffer) => Buffer.concat([Buffer.from('1'), file])],
    ['empty', () => Buffer.alloc(0)],
  ])('that is %s is not run, and replaced', (_, damage) => {
    normal();
    writeFileSync(stored, damage(readFileSync(stored)));
    const damaged = readFileSync(stored);
    normal();
    expect(readFileSync(stored).equals(damaged)).toBe(false);
  });

  test('that others could have written is not read', () => {
    normal();
    chmodSync(stored, 0o666);
    normal();
    // Written anew, for nobody else.
    expect(spawnSync('stat', ['-c', '%a', stored], { encoding: 'utf8' }).stdout.trim()).toBe('600');
  });

  test('is done without where it cannot be kept', () => {
    writeFileSync(join(root, 'file'), '');
    expect(run(LINT, { XDG_CACHE_HOME: join(root, 'file') })).toEqual(run(LINT));
  });
});
