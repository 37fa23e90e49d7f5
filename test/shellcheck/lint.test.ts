import { beforeAll, describe, expect, test } from 'vitest';
import type { Comment, LintJob } from '../../server/src/shellcheck/protocol.js';
import { lintJob } from '../../server/src/shellcheck/worker/main.js';
import type { Program } from '../../server/src/shellcheck/worker/program.js';
import { applyEdits } from '../../server/src/text/edits.js';
import { startShipped } from './lib/programs.js';

let program: Program;
beforeAll(async () => {
  program = await startShipped();
});

const lint = (script: string, rest: Partial<LintJob> = {}): Promise<Comment[]> =>
  lintJob(program, { script, shell: 'sh', assigned: [], ...rest });

/** `SC2086 $x`: each finding with the text that it covers. */
async function found(script: string, rest: Partial<LintJob> = {}): Promise<string[]> {
  return (await lint(script, rest)).map(({ code, start, end }) => `SC${code} ${script.slice(start, end)}`);
}

/** The script after the fixes of one code. */
async function fixed(script: string, code: number, rest: Partial<LintJob> = {}): Promise<string> {
  const edits = (await lint(script, rest))
    .filter(comment => comment.code === code)
    .flatMap(({ fix = [] }) => fix.map(({ start, end, text }) => ({ span: { start, end }, text })));
  return applyEdits(script, edits);
}

describe('findings cover the text that they are about', () => {
  test.each([
    ['plain', 'ls $X', ['SC2086 $X']],
    ['tabs', '\tls\t$X', ['SC2086 $X']],
    ['an emoji', 'ls "😀" $X', ['SC2086 $X']],
    ['a letter beyond the first plane in the finding', 'ls $X😀', ['SC2086 $X']],
    ['CRLF', 'ls "a"\r\nls $X\r\n', ['SC2086 $X']],
    ['all at once', '\tls "😀"\r\n\t😀\tls $X\r\n', ['SC2086 $X']],
    ['a half of a surrogate pair', 'ls "\ud83d" $X', ['SC2086 $X']],
    ['NUL', 'ls "\0" $X', ['SC2086 $X']],
    ['several lines', 'for i in $(ls \\\n*.mp3); do\necho "$i"; done', ['SC2045 $(ls \\\n*.mp3)', 'SC2035 *']],
    ['a heredoc indented with tabs', 'cat <<-EOF\n\t\t$(ls $X)\n\tEOF\nls $Y', ['SC2086 $X', 'SC2086 $Y']],
    ['nothing', '', []],
  ])('%s', async (_, script, expected) => {
    const codes = await found(script);
    expect(codes.filter(code => expected.some(one => one.slice(0, 6) === code.slice(0, 6)))).toEqual(expected);
  });

  test('a syntax error, which ShellCheck gives as a point, covers a character', async () => {
    expect(await found('echo "a\n')).toContain('SC1073 "');
    for (const script of ['echo "', 'if true\n', '(', '"\r\n"\r\n(']) {
      for (const { start, end } of await lint(script)) expect(script.slice(start, end)).toMatch(/^[^\r\n]/);
    }
  });
});

describe('fixes', () => {
  test.each([
    ['quotes', 'ls $X', 2086, 'ls "$X"'],
    ['quotes after tabs and emoji, with CRLF', '\tls "😀"\t$X\r\nls $Y\r\n', 2086, '\tls "😀"\t"$X"\r\nls "$Y"\r\n'],
    ['replaced at both ends', 'X=`ls`', 2006, 'X=$(ls)'],
    ['inserted at the end', 'cd /x\r\nls', 2164, 'cd /x || exit\r\nls'],
  ])('%s', async (_, script, code, expected) => {
    expect(await fixed(script, code)).toBe(expected);
  });

  test('stay in place after the line of assignments', async () => {
    expect(await fixed('#!/bin/sh\nls $x $Y', 2086, { assigned: ['Y', 'Z'] })).toBe('#!/bin/sh\nls "$x" $Y');
  });
});

describe('variables that are set already', () => {
  test('are not reported, and the line that sets them is not either', async () => {
    expect(await found('ls "$foo"')).toEqual(['SC2154 $foo']);
    expect(await found('ls "$foo"', { assigned: ['foo', 'PATH', 'IFS'] })).toEqual([]);
  });
  test('may bear a name that only bash sets', async () => {
    expect(await found('useradd -u "$UID" me')).toEqual(['SC3028 $UID']);
    expect(await found('useradd -u "$UID" me', { assigned: ['UID'] })).toEqual([]);
  });
  test('are offered for a misspelt one', async () => {
    const [comment] = await lint('ls "$FOOBAR"', { assigned: ['FOO_BAR'] });
    expect(comment).toMatchObject({ code: 2153, start: 4, end: 11 });
  });
  test('leave a shebang first and a directive for the whole script', async () => {
    const script = '#!/bin/sh\n# shellcheck disable=SC2086\nls $foo $X\nls $X';
    expect(await found(script, { assigned: ['foo'] })).toEqual([]);
  });
});

test('the shell decides what is understood', async () => {
  const script = '[[ -n "$X" ]]';
  expect(await found(script, { shell: 'sh' })).toEqual([`SC3010 ${script}`]);
  expect(await found(script, { shell: 'dash' })).toEqual([`SC3010 ${script}`]);
  for (const shell of ['bash', 'ksh', 'busybox'] as const) expect(await found(script, { shell })).toEqual([]);
});

test('many lints at once on one instance do not disturb each other', async () => {
  const scripts = Array.from({ length: 20 }, (_, index) => `ls ${'x '.repeat(index)}$X`);
  const results = await Promise.all(scripts.map(script => found(script)));
  expect(results).toEqual(scripts.map(() => ['SC2086 $X']));
});
