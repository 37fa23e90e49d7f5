import { expect, test } from 'vitest';
import { parseDockerfile, problemsIn } from '../../server/src/dockerfile/index.js';

const problems = (line: string): string[] =>
  problemsIn(parseDockerfile(`FROM a\n${line}\n`)).map(({ message }) => message);

// As BuildKit's parser answers.
test.each([
  ['COPY --link --link=false a b', ['Give --link only once.']],
  ['COPY --chown=a --chown=b a b', ['Give --chown only once.']],
  ['COPY --exclude=a --exclude=b a b', []],
  ['RUN --mount=type=ssh --mount=type=tmpfs,target=/x y', []],
  ['ARG --old NAME=1', []],
  ['STOPSIGNAL --old 9', []],
  ['ARG --old', ['ARG needs an argument.']],
  ['ONBUILD --old RUN x', ['ONBUILD has no flag --old.']],
  ['USER --old x', ['USER has no flag --old.']],
])('%s', (line, expected) => {
  expect(problems(line)).toEqual(expected);
});
