import { expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';

const LONG = 'a'.repeat(66_000);

/** The lines, from 1, that errors are reported in. */
const lines = (text: string): readonly number[] =>
  lint(text, { profile: 'recommended' })
    .findings.filter(({ severity }) => severity === 'error')
    .map(({ span }) => text.slice(0, span.start).split('\n').length);

test('a line that Docker does not read is reported where BuildKit reports it', () => {
  expect(lines(`FROM alpine:3.22\nRUN echo ${LONG}\n`)).toEqual([1]);
  expect(lines(`FROM alpine:3.22\r\n\r\n# x\r\n\r\nRUN echo ${LONG}\r\n`)).toEqual([4]);
  expect(lines(`FROM alpine:3.22\nRUN true\n# ${LONG}\nRUN true\n`)).toEqual([2]);
  expect(lines(`FROM alpine:3.22\nRUN echo b \\\n  && echo ${LONG}\n`)).toEqual([3]);
  expect(lines(`FROM alpine:3.22\nRUN <<EOF\necho b\necho ${LONG}\nEOF\n`)).toEqual([2]);
  expect(lines(`# ${LONG}\nFROM alpine:3.22\n`)).toEqual([1]);
});

test('a line that is long, and not too long', () => {
  expect(lines(`FROM alpine:3.22\nRUN echo ${'a'.repeat(65_000)}\n`)).toEqual([]);
});
