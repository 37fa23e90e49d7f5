import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lexSimple } from '../../server/src/dockerfile/lex-simple.js';
import { type LexOptions, lex } from '../../server/src/dockerfile/lexer.js';

const piece = fc.constantFrom(
  ...['$a', '${B}', '$a1', '$1', '${1}', '$', '${a:-b}', 'a', 'B', '1', '_', 'é', ' ', '/', '.'],
);
const word = fc.array(piece, { maxLength: 8 }).map(pieces => pieces.join(''));
const text = fc.oneof(
  word,
  word.map(inner => `"${inner}"`),
  word.map(inner => `'${inner}'`),
);
const options: fc.Arbitrary<LexOptions> = fc.record({
  escape: fc.constantFrom('\\', '`'),
  rawQuotes: fc.boolean(),
  keepUnset: fc.boolean(),
  ignoreQuotes: fc.boolean(),
  lookup: fc.constant((name: string) => (name === 'a' ? 'v w' : undefined)),
});

test('what takes no lexer is read as the lexer reads it', () => {
  let simple = 0;
  fc.assert(
    fc.property(text, options, (one, how) => {
      const found = lexSimple(one, how, 1000);
      if (!found) return;
      simple++;
      // An escape at the end is nothing simple, and changes nothing before it.
      const longer = lex(`${one}${how.escape}x`, how);
      expect({ ...found, value: `${found.value}x` }).toEqual(longer);
    }),
    { numRuns: 3000 },
  );
  expect(simple).toBeGreaterThan(500);
});

test('values that are too long together are for the lexer', () => {
  const lookup = (): string => 'v'.repeat(60);
  expect(lexSimple('$a', { escape: '\\', lookup }, 100)?.value).toHaveLength(60);
  expect(lexSimple('$a$b', { escape: '\\', lookup }, 100)).toBeUndefined();
});
