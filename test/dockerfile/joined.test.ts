import { describe, expect, test } from 'vitest';
import { type Joined, parseDockerfile, toSourceSpan } from '../../server/src/dockerfile/index.js';

/** The way back as it is defined: the last piece that begins at or before an offset. */
function plainly({ at, source }: Joined, offset: number): number {
  const index = at.findLastIndex(start => start <= offset);
  return (source[index] ?? 0) + offset - (at[index] ?? 0);
}

const joinedOf = (text: string): Joined =>
  parseDockerfile(text).instructions[0]?.instruction.joined ?? { text: '', at: [], source: [] };

// The second begins with a piece of no length.
const JOINED = [joinedOf('RUN a \\\n  b c\\\n# d\n  e \\\n\n f\\\ng'), joinedOf('R\\\n\\\nUN x\\\ny')];

describe('the way back from a joined text', () => {
  test.each([
    ['forwards', (offsets: readonly number[]) => offsets],
    ['backwards', (offsets: readonly number[]) => offsets.toReversed()],
    ['here and there', (offsets: readonly number[]) => offsets.map((_, index) => (index * 7) % offsets.length)],
  ])('is the same, asked %s', (_, order) => {
    for (const joined of JOINED)
      for (const start of order([...joined.text].map((_letter, index) => index)))
        expect(toSourceSpan(joined, start, start + 1).start).toBe(plainly(joined, start));
  });

  test('is that of each text, asked of two by turns', () => {
    const [first, second] = JOINED;
    for (let start = 0; first && second && start < second.text.length; start++)
      for (const joined of [first, second])
        expect(toSourceSpan(joined, start, start + 1).start).toBe(plainly(joined, start));
  });
});
