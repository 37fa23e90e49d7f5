import { expect, test } from 'vitest';
import { proseProblems, sources } from './prose.js';

test('finds the words to avoid in documentation, comments and messages', async () => {
  const found = await proseProblems([
    { file: 'a.ts', text: "const behind = 1;\n// What stands before FROM.\nreport('The user is no secret.');\n" },
    { file: 'b.ts', text: '/** Utilize it. */\n' },
    { file: 'c.md', text: '# A title\n\nThe file is not read any more.\n' },
  ]);
  expect(found).toEqual([
    'a.ts:2: stands => is',
    'a.ts:3: is no => is not a',
    'b.ts:1: Utilize => use',
    'c.md:3: any more => no longer',
  ]);
});

test('no text has words that docs/style.md asks to avoid', async () => {
  expect(await proseProblems(sources())).toEqual([]);
});
