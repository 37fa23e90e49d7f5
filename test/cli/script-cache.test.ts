import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ScriptCache, scriptCache } from '../../server/src/cli/script-cache.js';
import type { Comment, LintJob } from '../../server/src/shellcheck/index.js';
import { folder } from './run.js';

const COMMENT: Comment = { code: 2086, level: 'info', message: 'Quote it: “é”\n', start: 0, end: 1 };
const job = (script: string, rest: Partial<LintJob> = {}): LintJob => ({ script, shell: 'sh', assigned: [], ...rest });

function open(root: string, program = '1'): ScriptCache {
  const cache = scriptCache(root, program);
  if (!cache) throw new Error('this Node.js has no checksums');
  return cache;
}

/** A folder for a cache, with the results of one run in it. */
function kept(...scripts: readonly string[]): string {
  const root = join(folder({}), 'cache/dockwright');
  mkdirSync(join(root, '..'));
  const cache = open(root);
  for (const script of scripts) cache.set(job(script), [COMMENT]);
  cache.save();
  return root;
}
const fileOf = (root: string): string => join(root, 'shellcheck.txt');

describe('what ShellCheck said', () => {
  test('is known in the next run, for the same script under the same circumstances', () => {
    const cache = open(kept('a', 'b'));
    expect(cache.get(job('a'))).toEqual([COMMENT]);
    expect(cache.get(job('c'))).toBeUndefined();
    expect(cache.get(job('a', { shell: 'bash' }))).toBeUndefined();
    expect(cache.get(job('a', { assigned: ['b'] }))).toBeUndefined();
  });

  test('of another program is not', () => {
    expect(open(kept('a'), '2').get(job('a'))).toBeUndefined();
  });

  test.skipIf(process.platform === 'win32')('can be read by nobody else', () => {
    const root = kept('a');
    expect([statSync(root).mode & 0o777, statSync(fileOf(root)).mode & 0o777]).toEqual([0o700, 0o600]);
  });

  test('in several threads is written by one', () => {
    const root = kept('a');
    const [main, other] = [open(root), open(root)];
    other.set(job('other'), []);
    main.set(job('main'), []);
    main.add(other.learned());
    main.save();
    const next = open(root);
    expect(['a', 'main', 'other', 'b'].map(script => next.get(job(script))?.length)).toEqual([1, 0, 0, undefined]);
  });

  test('in several processes at once is kept of each', () => {
    const root = kept('a');
    const caches = ['b', 'c', 'd'].map(script => {
      const cache = open(root);
      expect(cache.get(job('a'))).toBeDefined();
      cache.set(job(script), []);
      return cache;
    });
    for (const cache of caches) cache.save();
    const next = open(root);
    expect(['a', 'b', 'c', 'd'].every(script => next.get(job(script)))).toBe(true);
    expect(readdirSync(root)).toEqual(['shellcheck.txt']);
  });

  test('does not grow without end: what was added first goes first', () => {
    const root = kept('first');
    const large: Comment = { ...COMMENT, message: 'x'.repeat(10_000) };
    for (let run = 0; run < 30; run++) {
      const cache = open(root);
      for (let script = 0; script < 20; script++) cache.set(job(`${run} ${script}`), [large]);
      cache.save();
      expect(statSync(fileOf(root)).size).toBeLessThan(2_100_000);
    }
    const next = open(root);
    expect(next.get(job('first'))).toBeUndefined();
    expect(next.get(job('29 19'))).toEqual([large]);
  });
});

describe('a cache that is of no use', () => {
  test.each<[string, (path: string) => void]>([
    ['cut short', path => writeFileSync(path, readFileSync(path).subarray(0, 60))],
    ['changed', path => writeFileSync(path, readFileSync(path, 'utf8').replace('Quote', 'Paint'))],
    ['empty', path => writeFileSync(path, '')],
    ['something else', path => writeFileSync(path, '[[[\n\0\n')],
    ['that others could have written', path => chmodSync(path, 0o666)],
  ])('%s is not read, and replaced', (what, damage) => {
    if (what.startsWith('that') && process.platform === 'win32') return;
    const root = kept('a');
    damage(fileOf(root));
    const cache = open(root);
    expect(cache.get(job('a'))).toBeUndefined();
    cache.set(job('b'), [COMMENT]);
    cache.save();
    expect(open(root).get(job('b'))).toEqual([COMMENT]);
  });

  test('cannot be written, which is not an error', () => {
    const root = folder({ file: '' });
    const cache = open(join(root, 'file/dockwright'));
    cache.set(job('a'), []);
    cache.save();
    expect(cache.get(job('a'))).toBeUndefined();
    expect(existsSync(join(root, 'file/dockwright'))).toBe(false);
  });

  test('is not made when there is nothing to keep', () => {
    const root = join(folder({}), 'dockwright');
    open(root).save();
    expect(existsSync(root)).toBe(false);
  });
});
