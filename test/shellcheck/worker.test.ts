import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { WorkerEvents, WorkerHandle, WorkerHost } from '../../server/src/shellcheck/host.js';
import { createNodeHost } from '../../server/src/shellcheck/node/spawn.js';
import { createShellcheckPool, type PoolOptions, type ShellcheckPool } from '../../server/src/shellcheck/pool.js';
import { type FromWorker, isFromWorker } from '../../server/src/shellcheck/protocol.js';
import { bundleWorkers, WASM } from './support/bundles.js';
import { SCRIPTS } from './support/scripts.js';

let files: Awaited<ReturnType<typeof bundleWorkers>>;
beforeAll(async () => {
  files = await bundleWorkers();
});

const pools: ShellcheckPool[] = [];
afterEach(() => {
  for (const pool of pools.splice(0)) pool.dispose();
});

/** A pool of real workers, which tells of what they say. */
function setUp({
  worker = files.node,
  wasm = WASM,
  ...options
}: Partial<PoolOptions> & { worker?: string; wasm?: string } = {}) {
  const node = createNodeHost({ worker, wasm });
  const handles: WorkerHandle[] = [];
  const heard: FromWorker[] = [];
  const host: WorkerHost = {
    ...node,
    async spawn(events: WorkerEvents) {
      const handle = await node.spawn({
        ...events,
        onMessage(message) {
          if (isFromWorker(message)) heard.push(message);
          events.onMessage(message);
        },
      });
      handles.push(handle);
      return handle;
    },
  };
  const onUnavailable = vi.fn();
  const pool = createShellcheckPool(host, { size: 1, onUnavailable, ...options });
  pools.push(pool);
  const codes = async (script: string): Promise<string> => {
    const outcome = await pool.lint({ script, shell: 'sh' });
    return outcome.kind === 'skipped' ? outcome.reason : outcome.comments.map(comment => comment.code).join(' ');
  };
  return { pool, codes, handles, heard, onUnavailable };
}

test('2,000 lints in a row: the same results, and no growing memory', { timeout: 400_000 }, async () => {
  const { pool, heard } = setUp({ limits: { cacheSize: 0 } });
  const results = new Map<string, Set<string>>();
  let half = 0;
  for (let round = 0; round < 200; round++) {
    if (round === 100) half = process.memoryUsage().rss;
    for (const script of SCRIPTS) {
      const seen = results.get(script) ?? new Set();
      results.set(script, seen.add(JSON.stringify(await pool.lint({ script, shell: 'sh' }))));
    }
  }
  expect([...results.values()].map(seen => seen.size)).toEqual(SCRIPTS.map(() => 1));
  expect([...results.values()].every(seen => [...seen].every(json => json.includes('"linted"')))).toBe(true);
  const memory = heard.flatMap(message => (message.kind === 'linted' ? [message.memory] : []));
  expect(memory).toHaveLength(2000);
  // One worker did it all, and the second half of the lints took no more than the first.
  expect(heard.filter(message => message.kind === 'ready')).toHaveLength(1);
  expect(memory[1999] ?? 0).toBeLessThanOrEqual((memory[1000] ?? 0) + 2 ** 20);
  expect(memory[1999] ?? 0).toBeLessThan(32 * 2 ** 20);
  // Nor did what is around the instance: the heaps of both threads come and go.
  expect(process.memoryUsage().rss - half).toBeLessThan(64 * 2 ** 20);
});

describe('faults of a real worker', () => {
  test('killed while it works, and while it does not', async () => {
    const { codes, handles, heard } = setUp();
    expect(await codes('ls $X')).toBe('2086');
    handles[0]?.terminate();
    expect(await codes('ls $Y')).toBe('2086');
    // Long enough to be under way still.
    const outcome = codes('ls $Z\n'.repeat(1000));
    handles[1]?.terminate();
    expect(await outcome).toMatch(/^2086( 2086)*$/);
    expect(heard.filter(message => message.kind === 'ready')).toHaveLength(3);
  });

  test('hung', async () => {
    const { codes, handles } = setUp({ worker: files.faulty, limits: { lintMs: 300 } });
    expect(await codes('ls $X')).toBe('2086');
    expect(await Promise.all([codes('HANG'), codes('cd /x; ls')])).toEqual(['timed-out', '2164']);
    // The second took the other script, and the first one’s second chance.
    expect(handles).toHaveLength(2);
    expect(await codes('ls $Y')).toBe('2086');
  });

  test.each(['EXIT', 'THROW'])('crashed: %s', async fault => {
    const { codes, onUnavailable } = setUp({ worker: files.faulty });
    expect(await Promise.all([codes(fault), codes('ls $X')])).toEqual(['crashed', '2086']);
    expect(onUnavailable).not.toHaveBeenCalled();
  });

  test('a script that takes too long for ShellCheck itself', async () => {
    const { codes } = setUp({ limits: { lintMs: 50 } });
    expect(await codes('ls $X')).toBe('2086');
    const long = 'if [ $a == b ]; then echo $c; fi\n'.repeat(500);
    expect(await Promise.all([codes(long), codes('cd /x; ls')])).toEqual(['timed-out', '2164']);
  });

  test('cancelled while it works', async () => {
    const { pool, codes } = setUp({ worker: files.faulty, limits: { graceMs: 20 } });
    expect(await codes('ls $X')).toBe('2086');
    const abort = new AbortController();
    const cancelled = pool.lint({ script: 'HANG', shell: 'sh' }, abort.signal);
    const next = codes('ls $Y');
    abort.abort();
    expect(await cancelled).toEqual({ kind: 'skipped', reason: 'cancelled' });
    expect(await next).toBe('2086');
  });
});

describe('a build without ShellCheck', () => {
  test.each([
    ['no wasm file', { wasm: join(WASM, '../missing.wasm') }],
    ['no worker file', { worker: join(WASM, '../missing.cjs') }],
    ['not a wasm file', { wasm: join(WASM, '../LICENSE') }],
  ])('%s', async (_, paths) => {
    const { codes, onUnavailable } = setUp(paths);
    expect(await Promise.all([codes('ls $X'), codes('ls $Y')])).toEqual(['unavailable', 'unavailable']);
    expect(onUnavailable).toHaveBeenCalledOnce();
  });
});

test('several workers share the work', async () => {
  const { codes, heard } = setUp({ size: 2 });
  const ready = (): number => heard.filter(message => message.kind === 'ready').length;
  // On a busy machine the first worker may be through with a few scripts before the second one has started.
  for (let round = 0; round < 100 && ready() < 2; round++) {
    const all = await Promise.all(Array.from({ length: 10 }, (_, index) => codes(`ls ${round} ${index} $X`)));
    expect(all).toEqual(Array(10).fill('2086'));
  }
  expect(ready()).toBe(2);
});

test('the web worker needs nothing of Node', async () => {
  const said: unknown[] = [];
  let next = (): void => {};
  const say = (message: unknown): void => {
    said.push(message);
    next();
  };
  const answer = (): Promise<void> => new Promise(resolve => (next = resolve));
  const web = {
    WebAssembly,
    TextEncoder,
    TextDecoder,
    MessageChannel,
    FinalizationRegistry,
    performance,
    crypto,
    setTimeout,
  };
  const context = createContext({ ...web, postMessage: say });
  runInContext('globalThis.self = globalThis', context);
  runInContext(readFileSync(files.web, 'utf8'), context);
  const receive = (data: unknown): void => void runInContext('onmessage', context)({ data });
  const ready = answer();
  receive({ kind: 'start', module: await WebAssembly.compile(new Uint8Array(readFileSync(WASM))) });
  await ready;
  const linted = answer();
  receive({ kind: 'lint', id: 7, job: { script: 'ls $X', shell: 'sh', assigned: [] } });
  await linted;
  expect(said).toMatchObject([
    { kind: 'ready' },
    { kind: 'linted', id: 7, comments: [{ code: 2086, start: 3, end: 5 }] },
  ]);
});
