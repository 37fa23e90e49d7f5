import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lex, parseDockerfile, problemsOf } from '../../server/src/dockerfile/index.js';

const piece = fc.constantFrom(
  ...['a', ' ', '/', '<', '<<', '$', '$A', '$a1', '${A}', '${A', '${', '}', '${A:-b}', '${A/b/c}', '${1}', '$1', '$é'],
  ...["'", '"', "'b c'", '"b $A"', '"$"', '"${A}"', '"${A', '\\', '\\"', "\\'", '`', '{', '#', '${A%b}', '${A:x}'],
);

test('what Docker cannot expand is what the lexer refuses, whether or not the lexer is asked', () => {
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), pieces => {
      const instruction = parseDockerfile(`WORKDIR /x${pieces.join('')}/y`).instructions[0]?.instruction;
      if (!instruction) throw new Error('no WORKDIR');
      const { error } = lex(instruction.arguments.text, { escape: '\\', keepUnset: true });
      expect(problemsOf(instruction).length > 0).toBe(error !== undefined);
    }),
    { numRuns: 3000 },
  );
});

test.each([
  ['CMD ["a"] ', ['a']],
  ['CMD ["a" ]', ['a']],
  ['CMD ["a"]]', undefined],
  ['CMD ["a"] b', undefined],
  ['RUN [ -f a ] && b', undefined],
  ['RUN [ -f a ]', undefined],
])('%s has the exec form %j', (line, words) => {
  const instruction = parseDockerfile(line).instructions[0]?.instruction;
  expect(instruction?.json?.map(({ text }) => text)).toEqual(words);
});
