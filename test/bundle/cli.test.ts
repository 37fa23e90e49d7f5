import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { bundleCli } from '../../server/src/tools/bundle.js';
import { framed, INITIALIZED, initialize, OPEN_UNTITLED } from './editor-messages.js';

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

/** What an editor says until a file is open. */
const OPENING = Buffer.concat([initialize(null), INITIALIZED, OPEN_UNTITLED].map(framed));

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

  test('of a server is kept while it runs, for editors stop it, and used by the next', async () => {
    rmSync(cache, { recursive: true, force: true });
    const server = stored.replace('lint-', 'lsp-');
    const publication = async (): Promise<number> => {
      const child = spawn(process.execPath, [cli, 'lsp', '--stdio'], {
        env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '', XDG_CACHE_HOME: cache },
      });
      let out = '';
      child.stdout.on('data', chunk => {
        out += String(chunk);
      });
      child.stdin.write(OPENING);
      await vi.waitFor(() => expect(out).toContain('apt-get-install-without-yes'), 60_000);
      await vi.waitFor(() => expect(existsSync(server)).toBe(true), 60_000);
      child.kill('SIGKILL');
      return statSync(server).mtimeMs;
    };
    const first = await publication();
    expect(await publication()).toBe(first);
    // As it is when the server ends by itself.
    spawnSync(process.execPath, [cli, 'lsp', '--stdio'], {
      input: OPENING,
      env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '', XDG_CACHE_HOME: cache },
    });
    expect(statSync(server).mtimeMs).toBe(first);
  }, 120_000);

  test('is done without where it cannot be kept', () => {
    writeFileSync(join(root, 'file'), '');
    expect(run(LINT, { XDG_CACHE_HOME: join(root, 'file') })).toEqual(run(LINT));
  });
});
