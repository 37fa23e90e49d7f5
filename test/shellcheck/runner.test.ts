import { describe, expect, test, vi } from 'vitest';
import type { Comment, LintJob } from '../../server/src/shellcheck/protocol.js';
import { createShellcheckRunner, type RunnerOptions } from '../../server/src/shellcheck/runner.js';
import { fakeHost } from './lib/fake-host.js';

const COMMENT: Comment = { code: 2086, level: 'info', message: 'Quote it.', start: 0, end: 1 };

function setUp(options: RunnerOptions = {}, hostOptions: Parameters<typeof fakeHost>[0] = {}) {
  const fake = fakeHost(hostOptions);
  const onUnavailable = vi.fn();
  const runner = createShellcheckRunner(fake.host, { onUnavailable, ...options });
  const lint = (script: string, signal?: AbortSignal) => runner.lint({ script, shell: 'sh' }, signal);
  return { fake, runner, lint, onUnavailable };
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
    const { fake, runner, lint } = setUp({ limits: { idleMs: 1000 } });
    runner.prepare();
    runner.prepare();
    await fake.settle();
    expect(fake.workers).toHaveLength(1);
    void lint('a');
    await fake.settle();
    expect(fake.workers).toHaveLength(1);
    expect(fake.workers[0]?.jobs.map(job => job.script)).toEqual(['a']);

    const idle = setUp({ limits: { idleMs: 1000 } });
    idle.runner.prepare();
    await idle.fake.settle();
    await idle.fake.advance(1000);
    expect(idle.fake.workers[0]?.terminated).toBe(true);
    idle.runner.dispose();
    idle.runner.prepare();
    await idle.fake.settle();
    expect(idle.fake.workers).toHaveLength(1);
  });

  test('says whether any script has had a comment', async () => {
    const { fake, runner, lint } = setUp();
    const both = [lint('a'), lint('b')];
    await fake.settle();
    fake.workers[0]?.answer();
    expect(runner.hasComments()).toBe(false);
    fake.workers[0]?.answer([COMMENT]);
    await Promise.all(both);
    expect(runner.hasComments()).toBe(true);
  });

  test('scripts are handed over ahead, and answered in their order', async () => {
    const { fake, lint } = setUp();
    const all = Array.from({ length: 20 }, (_, index) => lint(`${index}`));
    await fake.settle();
    const [worker] = fake.workers;
    expect(worker?.jobs.map(job => job.script).join()).toBe('0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15');
    worker?.answer([COMMENT]);
    expect(await all[0]).toEqual({ kind: 'linted', comments: [COMMENT] });
    expect(worker?.jobs).toHaveLength(17);
    for (let index = 1; index < 20; index++) worker?.answer();
    expect((await Promise.all(all)).slice(1)).toEqual(Array(19).fill({ kind: 'linted', comments: [] }));
    expect(fake.workers).toHaveLength(1);
  });

  test('codes that say nothing about a Dockerfile are left out', async () => {
    const { fake, lint } = setUp();
    const outcome = lint('. x');
    await fake.settle();
    fake.workers[0]?.answer([{ ...COMMENT, code: 1091 }, COMMENT]);
    expect(await outcome).toEqual({ kind: 'linted', comments: [COMMENT] });
  });

  test('what was stored needs no worker, and what is found is stored', async () => {
    const stored = new Map<string, readonly Comment[]>([['old', [COMMENT]]]);
    const { fake, runner, lint } = setUp({
      store: {
        get: (job: LintJob) => stored.get(job.script),
        set: (job: LintJob, comments) => void stored.set(job.script, comments),
      },
    });
    expect(await lint('old')).toEqual({ kind: 'linted', comments: [COMMENT] });
    expect(runner.hasComments()).toBe(true);
    expect(fake.workers).toHaveLength(0);
    const both = [lint('new'), lint('trap')];
    await fake.settle();
    fake.workers[0]?.answer([COMMENT]);
    fake.workers[0]?.say({ kind: 'failed', error: 'unreachable' });
    await Promise.all(both);
    expect([...stored.keys()]).toEqual(['old', 'new']);
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
    const { fake, runner } = setUp();
    const jobs = () => fake.workers[0]?.jobs.map(job => [job.shell, ...job.assigned].join(' '));
    for (const request of [
      { shell: 'sh', assigned: ['B'] },
      { shell: 'bash', assigned: [] },
      { shell: 'sh', assigned: ['A'] },
      { shell: 'sh', assigned: ['B', 'C'] },
    ] as const) {
      const outcome = runner.lint({ script: 'echo $A', ...request });
      await fake.settle();
      fake.workers[0]?.answer();
      await outcome;
    }
    expect(jobs()).toEqual(['sh', 'bash', 'sh A']);
  });

  test('a script over the cap is skipped', async () => {
    const { fake, lint } = setUp({ limits: { scriptLength: 3 } });
    expect(await lint('long')).toEqual({ kind: 'skipped', reason: 'too-long' });
    expect(fake.workers).toHaveLength(0);
  });
});

describe('faults', () => {
  test('a hung worker is terminated, its script given up, and the others go on', async () => {
    const { fake, lint } = setUp();
    const [hung, other] = [lint('hang'), lint('b')];
    await fake.advance(4_000);
    expect(await hung).toEqual({ kind: 'skipped', reason: 'timed-out' });
    expect(fake.workers[0]?.terminated).toBe(true);
    await fake.settle();
    fake.workers[1]?.answer();
    expect(await other).toEqual({ kind: 'linted', comments: [] });
    expect(fake.workers[1]?.jobs.map(job => job.script)).toEqual(['b']);
    expect(await lint('hang')).toEqual({ kind: 'skipped', reason: 'timed-out' });
    expect(fake.workers).toHaveLength(2);
  });

  test('the time of a script begins when the one before is done', async () => {
    const { fake, lint } = setUp();
    const both = [lint('a'), lint('b')];
    await fake.advance(3_000);
    fake.workers[0]?.answer();
    await fake.advance(3_000);
    fake.workers[0]?.answer();
    expect((await Promise.all(both)).map(outcome => outcome.kind)).toEqual(['linted', 'linted']);
    expect(fake.workers).toHaveLength(1);
  });

  test('a script that nobody waits for is not begun again', async () => {
    const { fake, lint } = setUp();
    const abort = new AbortController();
    void lint('hang');
    const cancelled = lint('b', abort.signal);
    await fake.settle();
    abort.abort();
    await cancelled;
    await fake.advance(4_000);
    expect(fake.workers).toHaveLength(1);
  });

  test('a script whose worker ends is linted in another, and given up when that ends too', async () => {
    const { fake, lint } = setUp();
    const both = [lint('a'), lint('b')];
    await fake.settle();
    fake.workers[0]?.exit();
    await fake.settle();
    fake.workers[1]?.answer([COMMENT]);
    expect(await both[0]).toEqual({ kind: 'linted', comments: [COMMENT] });
    fake.workers[1]?.exit();
    await fake.settle();
    fake.workers[2]?.exit();
    expect(await both[1]).toEqual({ kind: 'skipped', reason: 'crashed' });
    expect(await lint('b')).toEqual({ kind: 'skipped', reason: 'crashed' });
  });

  test('a trap costs its script only, however often it happens', async () => {
    const { fake, lint, onUnavailable } = setUp();
    const all = ['a', 'b', 'c', 'd', 'e'].map(script => lint(script));
    await fake.settle();
    for (let index = 0; index < 4; index++) fake.workers[0]?.say({ kind: 'failed', error: 'unreachable' });
    fake.workers[0]?.answer();
    expect((await Promise.all(all)).map(outcome => outcome.kind)).toEqual([...Array(4).fill('skipped'), 'linted']);
    expect(fake.workers[0]?.terminated).toBe(false);
    expect(onUnavailable).not.toHaveBeenCalled();
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
    await fake.advance(4_000);
    await fake.settle();
    fake.workers[0]?.answer([COMMENT]);
    fake.workers[0]?.exit();
    fake.workers[1]?.answer();
    expect(await other).toEqual({ kind: 'linted', comments: [] });
  });

  test('without the wasm file everything is skipped, and said once', async () => {
    const { fake, lint, onUnavailable } = setUp({}, { refuse: () => true });
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
    for (let attempt = 0; attempt < 4; attempt++) await fake.advance(15_000);
    expect(await outcome).toEqual({ kind: 'skipped', reason: 'unavailable' });
    expect(onUnavailable).toHaveBeenCalledOnce();
    expect(fake.workers.every(worker => worker.terminated)).toBe(true);
  });

  test('a worker that ends at everything is not started for ever', async () => {
    const { fake, lint, onUnavailable } = setUp();
    const outcomes = ['a', 'b', 'c'].map(script => lint(script));
    for (let index = 0; index < 4; index++) {
      await fake.settle();
      fake.workers[index]?.exit();
    }
    expect((await Promise.all(outcomes)).map(outcome => outcome.kind === 'skipped' && outcome.reason)).toEqual([
      'crashed',
      'crashed',
      'unavailable',
    ]);
    expect(onUnavailable).toHaveBeenCalledOnce();
  });
});

describe('cancelling', () => {
  test('a script that the worker does not have yet is not linted', async () => {
    const { fake, lint } = setUp({}, { autoReady: false });
    const abort = new AbortController();
    void lint('a');
    const cancelled = lint('b', abort.signal);
    const last = lint('c');
    await fake.settle();
    abort.abort();
    expect(await cancelled).toEqual({ kind: 'skipped', reason: 'cancelled' });
    fake.workers[0]?.say({ kind: 'ready' });
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

  test('a script under way ends at once for who asked, and its result is kept', async () => {
    const { fake, lint } = setUp();
    const abort = new AbortController();
    const cancelled = lint('a', abort.signal);
    await fake.settle();
    abort.abort();
    expect(await cancelled).toEqual({ kind: 'skipped', reason: 'cancelled' });
    fake.workers[0]?.answer([COMMENT]);
    expect(await lint('a')).toEqual({ kind: 'linted', comments: [COMMENT] });
  });

  test('who asks again gets the result', async () => {
    const { fake, lint } = setUp();
    const abort = new AbortController();
    const cancelled = lint('a', abort.signal);
    await fake.settle();
    abort.abort();
    await cancelled;
    const again = lint('a');
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
    expect(fake.pendingTimers).toBe(0);
    expect((await lint('a')).kind).toBe('linted');
    const second = lint('b');
    await fake.settle();
    fake.workers[1]?.answer();
    expect((await second).kind).toBe('linted');
  });

  test('disposing ends workers, timers and what is under way', async () => {
    const { fake, runner, lint, onUnavailable } = setUp();
    const open = [lint('a'), lint('b')];
    await fake.settle();
    runner.dispose();
    runner.dispose();
    expect(await Promise.all(open)).toEqual(Array(2).fill({ kind: 'skipped', reason: 'disposed' }));
    expect(await lint('c')).toEqual({ kind: 'skipped', reason: 'disposed' });
    expect(fake.workers[0]?.terminated).toBe(true);
    expect(fake.pendingTimers).toBe(0);
    expect(onUnavailable).not.toHaveBeenCalled();
  });

  test('a worker that starts after the disposal is terminated', async () => {
    const { fake, runner, lint } = setUp();
    const open = lint('a');
    runner.dispose();
    await open;
    await fake.settle();
    expect(fake.workers.every(worker => worker.terminated)).toBe(true);
  });
});
