import { describe, expect, test } from 'vitest';
import { compileIgnore } from '../../server/src/context/index.js';

/** Paths behind `-` stay out, paths behind `+` get in. */
const CASES: readonly (readonly [ignore: string, ...paths: string[]])[] = [
  ['node_modules', '-node_modules', '-node_modules/a/b.js', '+web/node_modules', '+node_modules2'],
  ['**/node_modules', '-node_modules', '-web/node_modules', '-a/b/node_modules/c', '+web/my_node_modules'],
  ['/dist', '-dist', '-dist/a', '+web/dist'],
  ['dist/', '-dist', '-dist/a'],
  ['./dist', '-dist/a'],
  ['a/../dist', '-dist', '+a'],
  ['*.md', '-README.md', '+docs/README.md'],
  ['**/*.md', '-README.md', '-docs/README.md', '+README.mdx'],
  ['*/temp*', '-a/temp.txt', '-a/temporary', '-a/temporary/b', '+a/b/temp', '+temp'],
  ['temp?', '-tempa', '+temp', '+tempab', '+temp/'],
  ['*', '-a', '-a/b', '-.git'],
  ['**', '-a', '-a/b/c'],
  ['**/*', '-a', '-a/b/c'],
  ['foo/**', '-foo/a', '-foo/a/b', '+foo', '+foobar'],
  ['**/foo/**', '-foo/a', '-x/foo/a', '+x/foobar/a'],
  ['foo/**/bar', '-foo/bar', '-foo/x/y/bar', '-foo/x/bar/z', '+foo/barn'],
  ['**/**/**/**/a?', '-ab', '-x/y/ab', '+x/abc'],
  ['x/**/**', '-x/a', '-x/a/b', '+y'],
  ['**.pem', '-a.pem', '-x/a.pem', '+a.pem2'],
  ['*.md\n!README.md', '+README.md', '-other.md'],
  ['*.md\n!README*.md\nREADME-secret.md', '+README.md', '-README-secret.md'],
  ['README-secret.md\n*.md\n!README*.md', '+README-secret.md'],
  ['*\n!src', '+src', '+src/a/b.c', '-other'],
  ['*\n!src/*.go', '-src', '+src/a.go', '-src/a.c', '-src/x/a.go'],
  ['*\n!src/**', '+src/a/b', '-srcs'],
  ['node_modules\n!node_modules/keep', '+node_modules/keep', '+node_modules/keep/x', '-node_modules/other'],
  ['!a\na', '-a'],
  ['! a\n', '+a'],
  ['  a  \n\t\n', '-a'],
  ['#a\n #b', '+#a', '-#b', '+b'],
  ['a\r\nb\r\n', '-a', '-b', '+a\r'],
  ['\uFEFFa', '-a'],
  ['[a-c].txt', '-a.txt', '-c.txt', '+d.txt'],
  ['[^a-c].txt', '+a.txt', '-d.txt'],
  ['a\\*b', '-a*b', '+axb'],
  ['a+b (1).txt', '-a+b (1).txt', '+aab 1.txt'],
  ['a.b', '-a.b', '+axb'],
  ['{a,b}*', '-{a,b}c', '+a'],
  ['$x?', '-$xy'],
  ['A', '+a'],
  ['.', '+a', '-.'],
  ['..', '+a'],
  ['!', '+a'],
  ['[', '+['],
  ['a[]', '+a'],
  ['[z-a]', '+z'],
  ['a\\', '+a'],
];

describe('compileIgnore', () => {
  test.each(CASES)('%j', (text, ...paths) => {
    const ignore = compileIgnore(text);
    for (const path of paths) expect([path, ignore.ignores(path.slice(1))]).toEqual([path, path.startsWith('-')]);
  });

  test('no text makes it throw, and none takes long', () => {
    const letters = ['*', '**', '/', '!', '[', ']', '\\\\', '^', '-', 'a', '?', '.', '\n', ' ', '#', '(', '{', '+'];
    let seed = 7;
    const next = (): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed;
    };
    const start = performance.now();
    for (let round = 0; round < 3000; round++) {
      const text = Array.from({ length: next() % 14 }, () => letters[next() % letters.length]).join('');
      compileIgnore(text).ignores('a/aa/aaa/aaaa/aaaaa/b');
    }
    compileIgnore('**/**/**/**/**/**/b').ignores('a/'.repeat(2000));
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test('patterns know where they stand and what decided', () => {
    const text = '# comment\r\n  *.log \r\n!/keep.log\r\n[';
    const ignore = compileIgnore(text);
    expect(ignore.patterns.map(({ span }) => text.slice(span.start, span.end))).toEqual(['*.log', '!/keep.log', '[']);
    expect(ignore.patterns.map(pattern => pattern.isBad)).toEqual([false, false, true]);
    expect(ignore.hasNegation).toBe(true);
    expect(ignore.decidedBy('a.log')?.text).toBe('*.log');
    expect(ignore.decidedBy('keep.log')).toMatchObject({ negated: true, pattern: 'keep.log' });
    expect(ignore.decidedBy('a.txt')).toBeUndefined();
  });
});
