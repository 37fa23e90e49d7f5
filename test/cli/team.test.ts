import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LintThread } from '../../server/src/cli/io.js';
import { type Briefing, claim, type FromWorker, workInTeam } from '../../server/src/cli/team-worker.js';
import { folder, run } from './run.js';

const COUNT = 120;
const LINT = ['lint', '--no-shellcheck', '--format', 'json', '--jobs', '3'];

function many(): string {
  const files: Record<string, string | Uint8Array> = { 'strict/.dockwright.yaml': 'profile: strict\n' };
  for (let index = 0; index < COUNT; index++)
    files[`${index % 3 === 0 ? 'strict/' : ''}${String(index).padStart(3, '0')}.Dockerfile`] =
      index % 10 === 7
        ? new Uint8Array([0x46, 0xe9, 0x0a])
        : `FROM debian:12\nRUN apt-get install -y pkg${index}\n${index % 2 === 0 ? 'ADD a b\n' : ''}`;
  return folder(files);
}

/** A thread that is none: it does what `behave` does, and everything it is told and says is cloned on the way. */
const thread =
  (behave: (briefing: Briefing, post: (message: FromWorker) => void, events: EventEmitter) => Promise<void>) =>
  (briefing: Briefing): LintThread => {
    const events = new EventEmitter();
    const post = (message: FromWorker): boolean => events.emit('message', structuredClone(message));
    void Promise.resolve().then(() => behave(structuredClone(briefing), post, events));
    return events;
  };

const good = thread((briefing, post) => workInTeam(briefing, undefined, post));

describe('several threads', () => {
  test('say what one says, in the same order', async () => {
    const cwd = many();
    let started = 0;
    const alone = await run(cwd, [...LINT, '.']);
    const together = await run(cwd, [...LINT, '.'], {
      lintThread: briefing => {
        started++;
        return good(briefing);
      },
    });
    expect(started).toBe(2);
    expect(together).toEqual(alone);
    expect(JSON.parse(together.out).files).toHaveLength(COUNT);
  });

  test('are not started for few files, nor with --jobs 1', async () => {
    const cwd = many();
    const lintThread = (): LintThread => {
      throw new Error('not wanted');
    };
    const few = await run(cwd, [...LINT, '000.Dockerfile', '001.Dockerfile'], { lintThread });
    const single = await run(cwd, [...LINT, '--jobs', '1', '.'], { lintThread });
    expect(few.err + single.err).not.toContain('thread');
  });

  test('write the same fixes', async () => {
    const fixed = async (lintThread?: typeof good): Promise<string> => {
      const cwd = many();
      const { out } = await run(cwd, ['lint', '--no-shellcheck', '--fix', '--format', 'json', '--jobs', '3', '.'], {
        ...(lintThread ? { lintThread } : {}),
      });
      return out + readFileSync(join(cwd, '002.Dockerfile'), 'utf8');
    };
    const alone = await fixed();
    expect(alone).toContain('COPY a /b');
    expect(await fixed(good)).toBe(alone);
  });
});

describe('a thread that stops', () => {
  test.each([
    [
      'at once',
      thread(async (_, __, events) => {
        events.emit('error', new Error('cannot start'));
      }),
      'cannot start',
    ],
    [
      'in the middle of its files',
      thread(async ({ claims, member }, _, events) => {
        for (let count = 0; count < 8; count++) claim(claims, member);
        events.emit('exit', 3);
      }),
      'it ended with status 3',
    ],
    [
      'before it exists',
      (): LintThread => {
        throw new Error('no threads here');
      },
      'no threads here',
    ],
  ])('%s is survived, and said once', async (_, lintThread, reason) => {
    const cwd = many();
    const alone = await run(cwd, [...LINT, '.']);
    const { out, code, err } = await run(cwd, [...LINT, '.'], { lintThread });
    expect({ out, code }).toEqual({ out: alone.out, code: alone.code });
    expect(err.split('\n').filter(line => line.includes('threads'))).toEqual([
      `dockwright: one of the threads stopped (${reason}); its files were checked without it.`,
    ]);
  });

  test('for want of memory is not followed by this one', async () => {
    const cwd = many();
    let last = '';
    const { out, code } = await run(cwd, [...LINT, '--jobs', '2', '.'], {
      lintThread: thread(async ({ claims, member, files }, _, events) => {
        // The rest of what it took is checked by others.
        claim(claims, member);
        last = files[claim(claims, member) ?? 0]?.path ?? '';
        events.emit('error', Object.assign(new Error('heap'), { code: 'ERR_WORKER_OUT_OF_MEMORY' }));
      }),
    });
    const { files } = JSON.parse(out);
    const failed = files.filter((file: { error: string | null }) => file.error?.includes('memory'));
    expect(failed.map((file: { path: string }) => file.path)).toEqual([last]);
    expect(files[0].findings.length).toBeGreaterThan(0);
    expect(code).toBe(2);
  });
});
