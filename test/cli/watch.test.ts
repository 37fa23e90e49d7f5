import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { nextChangeBelow } from '../../server/src/cli/node/next-change.js';
import { progressOn } from '../../server/src/cli/node/progress.js';
import { folder, run } from './run.js';

test('--watch checks again after each change', async () => {
  const cwd = folder({ Dockerfile: 'FROM debian:12\nUSER 1000\n' });
  const changes = [
    () => appendFileSync(join(cwd, 'Dockerfile'), 'RUN cd /a\n'),
    () => writeFileSync(join(cwd, '.dockwright.yaml'), 'ignore: [DL3003]\n'),
  ];
  const nextChange = async (): Promise<boolean> => {
    const change = changes.shift();
    // The change comes when the run is over.
    await sleep(300);
    change?.();
    return change !== undefined;
  };
  const { out, code } = await run(cwd, ['lint', '--no-shellcheck', '--profile', 'hadolint', '--watch'], { nextChange });
  const runs = [...out.matchAll(/Checked 1 file/g)];
  expect([runs.length, out.match(/DL3003/g)?.length, code]).toEqual([3, 1, 0]);
});

test.each([['--fix'], ['--add-ignores', 'x'], ['-o', 'a'], ['-']])('--watch does not go with %s', async (...args) => {
  const nextChange = () => Promise.resolve(false);
  const cwd = folder({ Dockerfile: 'FROM debian:12\n' });
  expect((await run(cwd, ['lint', '--watch', ...args.flat()], { nextChange })).code).toBe(2);
});

test('a change is that of a file which findings depend on, in any folder', async () => {
  const cwd = folder({ 'deep/er/x.txt': '' });
  let hasChanged = false;
  const change = nextChangeBelow(cwd).then(() => {
    hasChanged = true;
  });
  await new Promise(resolve => setTimeout(resolve, 100));
  writeFileSync(join(cwd, 'deep/er/x.txt'), 'more');
  await new Promise(resolve => setTimeout(resolve, 500));
  expect(hasChanged).toBe(false);
  mkdirSync(join(cwd, 'deep/er'), { recursive: true });
  writeFileSync(join(cwd, 'deep/er/Dockerfile'), 'FROM a\n');
  await change;
  expect(hasChanged).toBe(true);
});

test('progress is one line, which is gone in the end; a short run has none', async () => {
  let said = '';
  const terminal = {
    write: (text: string): void => {
      said += text;
    },
  };
  progressOn(terminal)(1, 1);
  expect(said).toBe('');
  const progress = progressOn(terminal);
  await new Promise(resolve => setTimeout(resolve, 600));
  progress(7, 9);
  progress(8, 9);
  progress(9, 9);
  expect(said).toBe('\r\u001B[KChecked 7 of 9 files …\r\u001B[K');
});
