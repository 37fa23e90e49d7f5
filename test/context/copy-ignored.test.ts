import { describe, expect, test } from 'vitest';
import { type ContextSnapshot, compileIgnore, copyIgnored } from '../../server/src/context/index.js';
import { snapshotFromFiles } from '../../server/src/tools/example-context.js';

const files = (...paths: readonly string[]): ContextSnapshot =>
  snapshotFromFiles(Object.fromEntries(paths.map(path => [path, ''])));

describe('copyIgnored', () => {
  test.each<[string, string, boolean, boolean]>([
    // [.dockerignore, source, BuildKit's check, our reading]
    ['dist', 'dist', true, true],
    ['dist', './dist/', true, true],
    ['dist', 'dist/app.js', true, true],
    ['dist', '/dist', false, true],
    ['dist', 'web/dist', false, false],
    ['*', '.', true, true],
    ['**/*', '/', true, true],
    ['.*', '.', false, false],
    ['?', '.', false, false],
    ['*\n!src', '.', false, false],
    ['*\n!src', 'src', false, false],
    ['*\n!src', 'docs', false, true],
    ['*\n!src/*.go', 'src', false, false],
    ['*\n!**/*.go', 'docs', false, false],
    ['docs\n!docs/a', 'docs', false, false],
    ['*.md', '*.md', true, true],
    ['?.md', '*.md', true, false],
    ['docs', 'docs/*.md', true, true],
    ['[', 'a', false, false],
    ['a\n[', 'a', false, false],
    ['a\ny\\y', 'a', true, false],
    ['\\pL', 'a', false, false],
    ['*\n!\\pL', 'a', false, false],
    ['*\n!^src/*', 'src', false, false],
    ['*\n!s{1}rc/*', 'src', false, false],
    ['*\n!docs/x|src*', 'src', false, false],
    ['*\n!docs/x*', 'src', false, true],
    ['a{2}*', 'a{2}*', false, false],
    ['a**b', 'a**b', false, false],
    ['constructor', 'constructor', true, true],
    ['a', 'toString', false, false],
  ])('%j and COPY %s', (text, source, buildkit, nothingLeft) => {
    expect(copyIgnored(source, compileIgnore(text))).toMatchObject({ buildkit, nothingLeft });
  });

  test('what is there decides', () => {
    const ignore = compileIgnore('*\n!**/*.go');
    expect(copyIgnored('docs', ignore, files('docs/a.md', 'main.go')).nothingLeft).toBe(true);
    expect(copyIgnored('src', ignore, files('src/a.md', 'src/x/main.go')).nothingLeft).toBe(false);
    expect(copyIgnored('*.md', ignore, files('a.md', 'main.go')).nothingLeft).toBe(true);
    expect(copyIgnored('.', ignore, files('a.md')).nothingLeft).toBe(true);
  });

  test('an incomplete list proves nothing against an exception', () => {
    const ignore = compileIgnore('*\n!**/*.go');
    const some = { ...files('docs/a.md'), complete: false };
    expect(copyIgnored('docs', ignore, some).nothingLeft).toBe(false);
    expect(copyIgnored('docs', compileIgnore('docs'), some).nothingLeft).toBe(true);
  });

  test('a pattern that leaves something of the folder is fine', () => {
    const ignore = compileIgnore('src/**/*_test.go');
    expect(copyIgnored('src', ignore, files('src/a.go', 'src/a_test.go')).nothingLeft).toBe(false);
    expect(copyIgnored('src', ignore, files('src/a_test.go')).nothingLeft).toBe(true);
  });
});
