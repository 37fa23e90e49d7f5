import { describe, expect, test, vi } from 'vitest';
import { createShellcheckPool, type PoolOptions } from '../../server/src/shellcheck/pool.js';
import type { Comment } from '../../server/src/shellcheck/protocol.js';
import { fakeHost } from './support/fake-host.js';

const COMMENT: Comment = { code: 2086, level: 'info', message: 'Quote it.', start: 0, end: 1 };

function setUp(options: Partial<PoolOptions> = {}, hostOptions: Parameters<typeof fakeHost>[0] = {}) {
  const fake = fakeHost(hostOptions);
  const onUnavailable = vi.fn();
  const pool = createShellcheckPool(fake.host, { size: 1, onUnavailable, ...options });
  const lint = (script: string, signal?: AbortSignal) => pool.lint({ script, shell: 'sh' }, signal);
  return { fake, pool, lint, onUnavailable };
}

describe('work', () => {
  test('starts no worker before there is something to lint', async () => {
    const { fake, lint } = setUp();
    await fake.settle();
    expect(fake.workers).toHaveLength(0);
    expect(await lint('  \n')).toEqual({ kind: 'linted', comments: [] });
    expect(fake.workers).toHaveLength(0);
  });

  test('prepared, has a worker ready for the first script, and ends it like any other', async () => {
    const { fake, pool, lint } = setUp({ limits: { idleMs: 1000 } });
    pool.prepare();
    pool.prepare();
    await fake.settle();
    expect(fake.workers).toHaveLength(1);
    void lint('a');
    await fake.settle();
    expect(fake.workers).toHaveLength(1);
    expect(fake.workers[0]?.jobs.map(job => job.script)).toEqual(['a']);

    const idle = setUp({ limits: { idleMs: 1000 } });
    idle.pool.prepare();
    await idle.fake.settle();
    await idle.fake.advance(1000);
    expect(idle.fake.workers[0]?.terminated).toBe(true);
    idle.pool.dispose();
    idle.pool.prepare();
    await idle.fake.settle();
    expect(idle.fake.workers).toHaveLength(1);
  });

  test('says whether any script has had a comment', async () => {
    const { fake, pool, lint } = setUp();
    const both = [lint('a'), lint('b')];
    await fake.settle();
    fake.workers[0]?.answer();
    expect(pool.hasComments()).toBe(false);
    fake.workers[0]?.answer([COMMENT]);
    await Promise.all(both);
    expect(pool.hasComments()).toBe(true);
  });

  test('one worker lints one script after the other', async () => {
    const { fake, lint } = setUp();
    const both = [lint('a'), lint('b')];
    await fake.settle();
    const [worker] = fake.workers;
    expect(worker?.jobs.map(job => job.script)).toEqual(['a']);
    worker?.answer([COMMENT]);
    worker?.answer();
    expect(await Promise.all(both)).toEqual([
      { kind: 'linted', comments: [COMMENT] },
      { kind: 'linted', comments: [] },
    ]);
    expect(fake.workers).toHaveLength(1);
  });

  test('starts as many workers as there are scripts, up to its size', async () => {
    const { fake, lint } = setUp({ size: 3 });
    void lint('a');
    void lint('b');
    await fake.settle();
    expect(fake.workers).toHaveLength(2);
    for (const script of ['c', 'd', 'e']) void lint(script);
    await fake.settle();
    expect(fake.workers).toHaveLength(3);
  });

  test('the same script is linted once: while under way, and afterwards', async () => {
    const { fake, lint } = setUp();
    const both = [lint('a'), lint('a')];
    await fake.settle();
    fake.workers[0]?.answer([COMMENT]);
    await Promise.all(both);
    expect(await lint('a')).toEqual({ kind: 'linted', comments: [COMMENT] });
    expect(fake.workers[0]?.jobs).toHaveLength(1);
  });

  test('another shell or other variables make another script, unrelated variables do not', async () => {
    const { fake, pool } = setUp();
    const jobs = () => fake.workers[0]?.jobs.map(job => [job.shell, ...job.assigned].join(' '));
    for (const request of [
      { shell: 'sh', assigned: ['B'] },
      { shell: 'bash', assigned: [] },
      { shell: 'sh', assigned: ['A'] },
      { shell: 'sh', assigned: ['B', 'C'] },
    ] as const) {
      const outcome = pool.lint({ script: 'echo $A', ...request });
      await fake.settle();
      fake.workers[0]?.answer();
      await outcome;
    }
    expect(jobs()).toEqual(['sh', 'bash', 'sh A']);
  });

  test('severity and excluded codes choose from one result', async () => {
    const { fake, pool } = setUp();
    const comments: Comment[] = [
      COMMENT,
      { ...COMMENT, code: 1091 },
      { ...COMMENT, code: 2006, level: 'style' },
      { ...COMMENT, code: 2164, level: 'warning' },
    ];
    const codes = async (request: object) => {
      const outcome = pool.lint({ script: 'a', shell: 'sh', ...request });
      await fake.settle();
      fake.workers[0]?.answer(comments);
      const result = await outcome;
      return result.kind === 'linted' ? result.comments.map(comment => comment.code) : result.reason;
    };
    expect(await codes({})).toEqual([2086, 2006, 2164]);
    expect(await codes({ severity: 'info' })).toEqual([2086, 2164]);
    expect(await codes({ severity: 'warning', exclude: [] })).toEqual([2164]);
    expect(await codes({ exclude: [2164] })).toEqual([2086, 1091, 2006]);
    expect(fake.workers[0]?.jobs).toHaveLength(1);
  });

  test('a script over the cap is skipped', async () => {
    const { fake, lint } = setUp({ limits: { scriptLength: 3 } });
    expect(await lint('long')).toEqual({ kind: 'skipped', reason: 'too-long' });
    expect(fake.workers).toHaveLength(0);
  });
});

describe('faults', () => {
  test('a hung worker is terminated, the others go on, and its script is given up after a second chance', async () => {
    const { fake, lint } = setUp();
    const hung = lint('hang');
    const other = lint('b');
    await fake.advance(6_000);
    expect(fake.workers[0]?.terminated).toBe(true);
    await fake.settle();
    fake.workers[1]?.answer();
    expect(await other).toEqual({ kind: 'linted', comments: [] });
    expect(fake.workers[1]?.jobs.map(job => job.script)).toEqual(['b', 'hang']);
    await fake.advance(2_000);
    expect(fake.workers[1]?.terminated).toBe(false);
    await fake.advance(2_000);
    expect(await hung).toEqual({ kind: 'skipped', reason: 'timed-out' });
    expect(fake.workers[1]?.terminated).toBe(true);
    expect(await lint('hang')).toEqual({ kind: 'skipped', reason: 'timed-out' });
    expect(fake.workers).toHaveLength(2);
  });

  test('what a busy machine did not finish in time is finished at the second attempt', async () => {
    const { fake, lint } = setUp();
    const slow = lint('slow');
    await fake.advance(6_000);
    await fake.advance(6_000);
    fake.workers[1]?.answer([COMMENT]);
    expect(await slow).toEqual({ kind: 'linted', comments: [COMMENT] });
  });

  test('nobody waiting, there is no second attempt', async () => {
    const { fake, pool } = setUp({ limits: { graceMs: 9_000 } });
    const abort = new AbortController();
    const outcome = pool.lint({ script: 'hang', shell: 'sh' }, abort.signal);
    await fake.settle();
    abort.abort();
    await outcome;
    await fake.advance(6_000);
    expect(fake.workers).toHaveLength(1);
  });

  test('the first lint of a worker may take longer than the next', async () => {
    const { fake, lint } = setUp();
    const first = lint('a');
    await fake.advance(2_500);
    fake.workers[0]?.answer();
    expect((await first).kind).toBe('linted');
    void lint('b');
    await fake.settle();
    await fake.advance(2_000);
    expect(fake.workers[0]?.terminated).toBe(true);
  });

  test('a killed worker is replaced and its script linted after all', async () => {
    const { fake, lint } = setUp();
    const outcome = lint('a');
    await fake.settle();
    fake.workers[0]?.exit();
    await fake.settle();
    fake.workers[1]?.answer([COMMENT]);
    expect(await outcome).toEqual({ kind: 'linted', comments: [COMMENT] });
  });

  test.each([
    ['exits', (worker: ReturnType<typeof fakeHost>['workers'][number] | undefined) => worker?.exit()],
    [
      'fails',
      (worker: ReturnType<typeof fakeHost>['workers'][number] | undefined) =>
        worker?.say({ kind: 'failed', id: 1, error: 'trap' }),
    ],
  ])('a script whose worker %s twice is given up', async (_, fault) => {
    const { fake, lint } = setUp();
    const outcome = lint('a');
    for (const index of [0, 1]) {
      await fake.settle();
      fault(fake.workers[index]);
      expect(fake.workers[index]?.terminated).toBe(true);
    }
    expect(await outcome).toEqual({ kind: 'skipped', reason: 'crashed' });
    expect(await lint('a')).toEqual({ kind: 'skipped', reason: 'crashed' });
  });

  test('a worker killed while it has nothing to do is not missed', async () => {
    const { fake, lint } = setUp();
    const first = lint('a');
    await fake.settle();
    fake.workers[0]?.answer();
    await first;
    fake.workers[0]?.exit();
    const second = lint('b');
    await fake.settle();
    fake.workers[1]?.answer();
    expect((await second).kind).toBe('linted');
  });

  test('words of a worker that was given up are not heard', async () => {
    const { fake, lint } = setUp();
    void lint('hang');
    const other = lint('b');
    await fake.advance(6_000);
    await fake.settle();
    fake.workers[0]?.answer([COMMENT]);
    fake.workers[0]?.exit();
    fake.workers[1]?.answer();
    expect(await other).toEqual({ kind: 'linted', comments: [] });
  });

  test('an instance that has grown is replaced', async () => {
    const { fake, lint } = setUp();
    const first = lint('a');
    await fake.settle();
    fake.workers[0]?.answer([], 2 ** 30);
    await first;
    expect(fake.workers[0]?.terminated).toBe(true);
    void lint('b');
    await fake.settle();
    expect(fake.workers).toHaveLength(2);
  });

  test('without the wasm file everything is skipped, and said once', async () => {
    const { fake, lint, onUnavailable } = setUp({ size: 3 }, { refuse: () => true });
    const outcomes = await Promise.all(['a', 'b', 'c', 'd'].map(script => lint(script)));
    expect(outcomes).toEqual(Array(4).fill({ kind: 'skipped', reason: 'unavailable' }));
    expect(await lint('e')).toEqual({ kind: 'skipped', reason: 'unavailable' });
    expect(onUnavailable.mock.calls).toEqual([['no wasm']]);
    expect(fake.pendingTimers).toBe(0);
  });

  test('a start that fails once is tried again', async () => {
    let failures = 1;
    const { fake, lint } = setUp({}, { refuse: () => failures-- > 0 });
    const outcome = lint('a');
    await fake.settle();
    fake.workers[0]?.answer();
    expect((await outcome).kind).toBe('linted');
  });

  test('workers that never get ready make it unavailable', async () => {
    const { fake, lint, onUnavailable } = setUp({}, { autoReady: false });
    const outcome = lint('a');
    await fake.advance(15_000);
    await fake.advance(15_000);
    expect(await outcome).toEqual({ kind: 'skipped', reason: 'unavailable' });
    expect(onUnavailable).toHaveBeenCalledOnce();
    expect(fake.workers.every(worker => worker.terminated)).toBe(true);
  });

  test('an instance that crashes on everything is not started for ever', async () => {
    const { fake, lint, onUnavailable } = setUp();
    const outcomes = ['a', 'b', 'c', 'd'].map(script => lint(script));
    for (let index = 0; index < 6; index++) {
      await fake.settle();
      fake.workers[index]?.exit();
    }
    expect((await Promise.all(outcomes)).map(outcome => outcome.kind === 'skipped' && outcome.reason)).toEqual([
      'crashed',
      'crashed',
      'crashed',
      'unavailable',
    ]);
    expect(onUnavailable).toHaveBeenCalledOnce();
  });
});

describe('cancelling', () => {
  test('a waiting script is not linted', async () => {
    const { fake, lint } = setUp();
    const abort = new AbortController();
    void lint('a');
    const cancelled = lint('b', abort.signal);
    const last = lint('c');
    await fake.settle();
    abort.abort();
    expect(await cancelled).toEqual({ kind: 'skipped', reason: 'cancelled' });
    fake.workers[0]?.answer();
    fake.workers[0]?.answer();
    await last;
    expect(fake.workers[0]?.jobs.map(job => job.script)).toEqual(['a', 'c']);
  });

  test('before it is asked for', async () => {
    const { fake, lint } = setUp();
    expect(await lint('a', AbortSignal.abort())).toEqual({ kind: 'skipped', reason: 'cancelled' });
    expect(fake.workers).toHaveLength(0);
  });

  test('a script under way ends at once for who asked, and soon for its worker, but is not given up', async () => {
    const { fake, lint } = setUp();
    const abort = new AbortController();
    const cancelled = lint('slow', abort.signal);
    const other = lint('b');
    await fake.settle();
    abort.abort();
    expect(await cancelled).toEqual({ kind: 'skipped', reason: 'cancelled' });
    expect(fake.workers[0]?.terminated).toBe(false);
    await fake.advance(300);
    expect(fake.workers[0]?.terminated).toBe(true);
    await fake.settle();
    fake.workers[1]?.answer();
    await other;
    void lint('slow');
    await fake.settle();
    expect(fake.workers[1]?.jobs.map(job => job.script)).toEqual(['b', 'slow']);
  });

  test('a result that comes in time is kept', async () => {
    const { fake, lint } = setUp();
    const abort = new AbortController();
    const cancelled = lint('a', abort.signal);
    await fake.settle();
    abort.abort();
    await cancelled;
    fake.workers[0]?.answer([COMMENT]);
    await fake.advance(300);
    expect(fake.workers[0]?.terminated).toBe(false);
    expect(await lint('a')).toEqual({ kind: 'linted', comments: [COMMENT] });
  });

  test('who asks again, or still waits, gets the result', async () => {
    const { fake, lint } = setUp();
    const abort = new AbortController();
    const cancelled = lint('a', abort.signal);
    await fake.settle();
    abort.abort();
    await cancelled;
    const again = lint('a');
    await fake.advance(300);
    expect(fake.workers[0]?.terminated).toBe(false);
    fake.workers[0]?.answer([COMMENT]);
    expect(await again).toEqual({ kind: 'linted', comments: [COMMENT] });
    expect(fake.workers[0]?.jobs).toHaveLength(1);
  });
});

describe('the end', () => {
  test('after a minute without work everything is let go, and started again when needed', async () => {
    const { fake, lint } = setUp();
    const first = lint('a');
    await fake.settle();
    fake.workers[0]?.answer();
    await first;
    await fake.advance(59_999);
    expect(fake.workers[0]?.terminated).toBe(false);
    await fake.advance(1);
    expect(fake.workers[0]?.terminated).toBe(true);
    expect(fake.released).toBe(1);
    expect(fake.pendingTimers).toBe(0);
    expect((await lint('a')).kind).toBe('linted');
    const second = lint('b');
    await fake.settle();
    fake.workers[1]?.answer();
    expect((await second).kind).toBe('linted');
  });

  test('disposing ends workers, timers and what is under way', async () => {
    const { fake, pool, lint, onUnavailable } = setUp();
    const open = [lint('a'), lint('b')];
    await fake.settle();
    pool.dispose();
    pool.dispose();
    expect(await Promise.all(open)).toEqual(Array(2).fill({ kind: 'skipped', reason: 'disposed' }));
    expect(await lint('c')).toEqual({ kind: 'skipped', reason: 'disposed' });
    expect(fake.workers[0]?.terminated).toBe(true);
    expect(fake.pendingTimers).toBe(0);
    expect(onUnavailable).not.toHaveBeenCalled();
  });

  test('a worker that starts after the disposal is terminated', async () => {
    const { fake, pool, lint } = setUp();
    const open = lint('a');
    pool.dispose();
    await open;
    await fake.settle();
    expect(fake.workers.every(worker => worker.terminated)).toBe(true);
  });
});
