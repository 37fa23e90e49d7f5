import { expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';

const WINDOWS = 'FROM --platform=windows/amd64 mcr.microsoft.com/windows/nanoserver:ltsc2022\n';

const errors = (text: string): readonly string[] =>
  lint(text)
    .findings.filter(({ rule, severity }) => rule === 'syntax-error' && severity === 'error')
    .map(({ span }) => text.slice(span.start, span.end));

// What BuildKit says of each was compared with its own frontend.
test.each([
  ['COPY a D:/x', ['D:/x']],
  ['COPY D:/a C:/x', ['D:/a']],
  ['COPY ["a", "D:\\\\x"]', ['"D:\\\\x"']],
  ['ADD https://example.com/y D:/z', ['D:/z']],
  ['COPY a C:', ['C:']],
  ['COPY a //srv/x', ['//srv/x']],
  ['WORKDIR D:/x', ['D:/x']],
  ['WORKDIR D:', ['D:']],
  ['ENV X=D:/x\nWORKDIR $X', ['$X']],
  ['COPY a c:/x', []],
  ['COPY a x/y', []],
  ['ADD https://example.com/y C:/z', []],
  ['WORKDIR C:x', []],
  ['RUN --mount=type=cache,target=D:/x dir', []],
  ['VOLUME D:/x', []],
])('paths in a Windows image: %s', (text, reported) => {
  expect(errors(`${WINDOWS}${text}\n`)).toEqual(reported);
});

test('other images take such names', () => {
  expect(errors('FROM debian:13\nCOPY a D:/x\nWORKDIR D:/x\n')).toEqual([]);
});
