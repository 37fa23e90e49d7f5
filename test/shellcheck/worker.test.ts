import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { WorkerEvents, WorkerHandle, WorkerHost } from '../../server/src/shellcheck/host.js';
import { createSameThreadHost } from '../../server/src/shellcheck/node/same-thread.js';
import { createNodeHost } from '../../server/src/shellcheck/node/spawn.js';
import { type FromWorker, isFromWorker } from '../../server/src/shellcheck/protocol.js';
import {
  createShellcheckRunner,
  type RunnerOptions,
  type ShellcheckRunner,
} from '../../server/src/shellcheck/runner.js';
import { bundleWorkers, KIND, WASM } from './lib/bundles.js';
import { startShipped } from './lib/programs.js';
import { SCRIPTS } from './lib/scripts.js';

let files: Awaited<ReturnType<typeof bundleWorkers>>;
beforeAll(async () => {
  files = await bundleWorkers();
});

const runners: ShellcheckRunner[] = [];
afterEach(() => {
  for (const runner of runners.splice(0)) runner.dispose();
});

/** A real worker, which tells of what it says. */
function setUp({
  worker = files.node,
  wasm = WASM,
  ...options
}: RunnerOptions & { worker?: string; wasm?: string } = {}) {
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
  const runner = createShellcheckRunner(host, { onUnavailable, ...options });
  runners.push(runner);
  const codes = async (script: string): Promise<string> => {
    const outcome = await runner.lint({ script, shell: 'sh' });
    return outcome.kind === 'skipped' ? outcome.reason : outcome.comments.map(comment => comment.code).join(' ');
  };
  return { runner, codes, handles, heard, onUnavailable };
}

test('2,000 lints in a row: the same results, and no growing memory', { timeout: 400_000 }, async () => {
  const { runner, heard } = setUp({ limits: { cacheSize: 0 } });
  const results = new Map<string, Set<string>>();
  let half = 0;
  for (let round = 0; round < 200; round++) {
    if (round === 100) half = process.memoryUsage().rss;
    for (const script of SCRIPTS) {
      const seen = results.get(script) ?? new Set();
      results.set(script, seen.add(JSON.stringify(await runner.lint({ script, shell: 'sh' }))));
    }
  }
  expect([...results.values()].map(seen => seen.size)).toEqual(SCRIPTS.map(() => 1));
  expect([...results.values()].every(seen => [...seen].every(json => json.includes('"linted"')))).toBe(true);
  // One worker did it all, and the second half of the lints took no more than the first.
  expect(heard.filter(message => message.kind === 'ready')).toHaveLength(1);
  expect(process.memoryUsage().rss - half).toBeLessThan(64 * 2 ** 20);
});

test('an instance keeps its size', { timeout: 400_000 }, async () => {
  const program = await startShipped();
  for (let round = 0; round < 20; round++) for (const script of SCRIPTS) await program.lint(script, 'sh');
  const before = program.memory();
  for (let round = 0; round < 100; round++) for (const script of SCRIPTS) await program.lint(script, 'sh');
  expect(program.memory()).toBe(before);
  expect(before).toBeLessThan(32 * 2 ** 20);
});

describe('faults of a real worker', () => {
  test('killed while it works, and while it does not', async () => {
    const { codes, handles } = setUp();
    expect(await codes('ls $X')).toBe('2086');
    handles[0]?.terminate();
    expect(await codes('ls $Y')).toBe('2086');
    const outcome = codes('ls $Z\n'.repeat(1000));
    handles[1]?.terminate();
    expect(await outcome).toMatch(/^2086( 2086)*$/);
    expect(handles).toHaveLength(3);
  });

  test('hung', async () => {
    const { codes, handles } = setUp({ worker: files.faulty, limits: { lintMs: 300 } });
    expect(await codes('ls $X')).toBe('2086');
    expect(await Promise.all([codes('HANG'), codes('cd /x; ls')])).toEqual(['timed-out', '2164']);
    // The second took the other script.
    expect(handles).toHaveLength(2);
    expect(await codes('ls $Y')).toBe('2086');
  });

  test('done in time, though this thread was too busy to hear of it', async () => {
    const { codes } = setUp({ limits: { lintMs: 300 } });
    await codes('ls');
    const outcome = codes('ls $X');
    // The script is handed over before the thread is busy.
    await new Promise(resolve => setImmediate(resolve));
    const end = Date.now() + 1000;
    while (Date.now() < end);
    expect(await outcome).toBe('2086');
  });

  test.each(['EXIT', 'THROW'])('crashed: %s', async fault => {
    const { codes, onUnavailable } = setUp({ worker: files.faulty });
    expect(await Promise.all([codes(fault), codes('ls $X')])).toEqual(['crashed', '2086']);
    expect(onUnavailable).not.toHaveBeenCalled();
  });

  test('a script that takes too long for ShellCheck itself', async () => {
    const { codes } = setUp({ limits: { lintMs: 300 } });
    // What ShellCheck tries for nested parentheses doubles with each.
    const long = `${'$(( '.repeat(200)}1`;
    expect(await Promise.all([codes(long), codes('cd /x; ls')])).toEqual(['timed-out', '2164']);
  });

  test('a script that makes ShellCheck itself stop', async () => {
    const { codes, handles } = setUp();
    const deep = `${'('.repeat(3000)}ls${')'.repeat(3000)}`;
    expect(await Promise.all([codes(deep), codes('ls $X')])).toEqual(['crashed', '2086']);
    expect(handles).toHaveLength(1);
  });

  test('cancelled while it works', async () => {
    const { runner, codes } = setUp({ worker: files.faulty, limits: { lintMs: 1000 } });
    expect(await codes('ls $X')).toBe('2086');
    const abort = new AbortController();
    const cancelled = runner.lint({ script: 'HANG', shell: 'sh' }, abort.signal);
    const next = codes('ls $Y');
    abort.abort();
    expect(await cancelled).toEqual({ kind: 'skipped', reason: 'cancelled' });
    expect(await next).toBe('2086');
  });
});

// The original cannot be run like this.
describe.runIf(KIND === 'port')('in the thread that asks', () => {
  const inThread = (lintMs: number, paths: { worker?: string; wasm?: string } = {}) => {
    const onUnavailable = vi.fn();
    const runner = createShellcheckRunner(createSameThreadHost({ worker: files.web, wasm: WASM, ...paths }, lintMs), {
      onUnavailable,
    });
    runners.push(runner);
    return { lint: (script: string) => runner.lint({ script, shell: 'sh' }), onUnavailable };
  };

  test('says what a worker says', async () => {
    const { runner } = setUp();
    const { lint } = inThread(4000);
    const here = await Promise.all(SCRIPTS.map(lint));
    expect(here).toEqual(await Promise.all(SCRIPTS.map(script => runner.lint({ script, shell: 'sh' }))));
    expect(here.every(({ kind }) => kind === 'linted')).toBe(true);
  });

  test('a script that takes too long, and one that makes it stop, cost no other', async () => {
    const { lint } = inThread(1000);
    const long = `${'$(( '.repeat(40)}1`;
    const deep = `${'('.repeat(3000)}ls${')'.repeat(3000)}`;
    const outcomes = await Promise.all(['ls $X', long, deep, `${long}1`, 'cd /x; ls'].map(lint));
    expect(outcomes.map(one => (one.kind === 'skipped' ? one.reason : one.comments.map(({ code }) => code)))).toEqual([
      [2086],
      'timed-out',
      'crashed',
      'timed-out',
      [2164],
    ]);
  });

  test.each([
    ['no wasm file', { wasm: join(WASM, '../missing.wasm') }],
    ['no worker file', { worker: join(WASM, '../missing.cjs') }],
    ['not a wasm file', { wasm: join(WASM, '../LICENSE') }],
  ])('%s', async (_, paths) => {
    const { lint, onUnavailable } = inThread(1000, paths);
    const UNAVAILABLE = { kind: 'skipped', reason: 'unavailable' };
    expect(await Promise.all([lint('ls $X'), lint('ls $Y')])).toEqual([UNAVAILABLE, UNAVAILABLE]);
    expect(onUnavailable).toHaveBeenCalledOnce();
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
  receive({ kind: 'lint', job: { script: 'ls $X', shell: 'sh', assigned: [] } });
  await linted;
  expect(said).toMatchObject([{ kind: 'ready' }, { kind: 'linted', comments: [{ code: 2086, start: 3, end: 5 }] }]);
});
