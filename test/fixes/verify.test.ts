import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDockerfile } from '../../server/src/dockerfile/index.js';
import { refusalOf, verifyFix, verifyTogether } from '../../server/src/fixes/verify.js';
import type { FixEffect } from '../../server/src/rules/rule.js';
import { unmark } from '../lib/markers.js';
import { dockerfile } from './generate.js';

/** Replaces the marked ranges by the given texts and returns the new text, or why it was refused. */
function verify(marked: string, texts: readonly string[], effect: FixEffect = {}): string {
  const { text, spans } = unmark(marked);
  const edits = spans.map((span, index) => ({ span, text: texts[index] ?? '' }));
  const verdict = verifyFix(parseDockerfile(text), { edits, effect });
  return 'refusal' in verdict ? `refused: ${verdict.refusal}` : verdict.text;
}

describe('a fix may', () => {
  test('add an argument to a command', () => {
    expect(verify('FROM a\nRUN apt-get install«» curl\nCMD x\n', [' -y'])).toBe(
      'FROM a\nRUN apt-get install -y curl\nCMD x\n',
    );
  });

  test('rename an instruction when it says so', () => {
    const marked = 'FROM a\n«ADD» x /y\n';
    expect(verify(marked, ['COPY'], { renames: { ADD: 'COPY' } })).toBe('FROM a\nCOPY x /y\n');
    expect(verify(marked, ['COPY'])).toBe('refused: ADD disappeared');
  });

  test('rename an instruction above one whose ignore comment is about the old name', () => {
    const marked = 'FROM a\n«ADD» x /y\n# hadolint ignore=DL3020\nADD z /y\n';
    expect(verify(marked, ['COPY'], { renames: { ADD: 'COPY' } })).toBe(
      'FROM a\nCOPY x /y\n# hadolint ignore=DL3020\nADD z /y\n',
    );
  });

  test('add an argument to a command in the heredoc of a trigger, and not change another', () => {
    const marked = 'FROM a\nONBUILD RUN <<EOF\nset -e\nnpm «»ci\nEOF\n';
    expect(verify(marked, ['--omit=dev '])).toBe('FROM a\nONBUILD RUN <<EOF\nset -e\nnpm --omit=dev ci\nEOF\n');
    expect(verify('FROM a\nONBUILD RUN <<EOF\nset -e\n«npm» ci\nEOF\n', ['yarn'])).toContain('refused');
    expect(verify('FROM a\nONBUILD COPY <<EOF /a\n«x»\nEOF\n', ['y'])).toContain('refused');
  });

  test('put a command before the first when it says so', () => {
    const marked = 'FROM a\nRUN «»set -e; b\n';
    expect(verify(marked, ['a && '], { prepends: true })).toBe('FROM a\nRUN a && set -e; b\n');
    expect(verify(marked, ['a && '])).toContain('refused');
    expect(verify(marked, ['a; '], { prepends: true })).toContain('refused');
  });

  test('insert an instruction when it says so', () => {
    const marked = 'FROM a\n«»CMD ["x"]\n';
    expect(verify(marked, ['USER app\n'], { inserts: ['USER'] })).toBe('FROM a\nUSER app\nCMD ["x"]\n');
    expect(verify(marked, ['USER app\n'])).toBe('refused: USER appeared');
  });

  test('merge two RUNs when it says so', () => {
    expect(verify('FROM a\nRUN x«\nRUN »y\nCMD z\n', [' \\\n    && '], { removes: ['RUN'] })).toBe(
      'FROM a\nRUN x \\\n    && y\nCMD z\n',
    );
  });

  test('write an ENV in another form with the same value', () => {
    expect(verify('FROM a\nENV «A hello world»\n', ['A="hello world"'])).toBe('FROM a\nENV A="hello world"\n');
  });

  test('remove one of two that are alike', () => {
    const cmd = 'HEALTHCHECK CMD \\\n  a\n';
    for (const marked of [`FROM a\n«${cmd}»${cmd}CMD b\n`, `FROM a\n${cmd}«${cmd}»CMD b\n`, `FROM a\n${cmd}«${cmd}»`])
      expect(verify(marked, [''], { removes: ['HEALTHCHECK'] })).toBe(marked.replace(`«${cmd}»`, ''));
    expect(verify(`FROM a\n«${cmd}»${cmd}`, [''])).toBe('refused: HEALTHCHECK disappeared');
  });

  test('remove an instruction with its line', () => {
    expect(verify('FROM a\n«CMD a\n»CMD b\n', [''], { removes: ['CMD'] })).toBe('FROM a\nCMD b\n');
  });
});

describe('a fix is refused when it', () => {
  test('changes a value', () => {
    expect(verify('FROM a\nENV «GREETING "hello world"»\n', ['GREETING="\\"hello world\\""'])).toBe(
      'refused: a value of ENV changed',
    );
  });

  test('loses a command', () => {
    expect(verify('FROM a\nRUN x« && y» && z\n', [''])).toContain('refused: the command “y”');
  });

  test('changes the order of arguments', () => {
    expect(verify('FROM a\nRUN apk add «-t TMP zlib curl»\n', ['-t curl TMP zlib'])).toContain(
      'refused: the command “apk”',
    );
  });

  test('breaks the shell text', () => {
    expect(verify('FROM a\nRUN x «»&& y\n', ['&& '])).toContain('no longer valid shell');
  });

  test('cuts a continuation, so that a new instruction appears', () => {
    expect(verify('FROM a\nRUN x«  \\\n » y\n', ['\n'])).toMatch(/^refused/);
  });

  test('loses a comment', () => {
    expect(verify('FROM a\nRUN x \\\n«# why\n»  y\n', [''])).toBe('refused: a comment was lost or moved');
  });

  test('swallows the next instruction', () => {
    expect(verify('FROM a\nRUN x«»\nCMD y\n', [' \\'])).toMatch(/^refused/);
  });

  test('touches another instruction', () => {
    expect(verify('FROM a\nRUN x«\n»CMD y\n', [' '])).toMatch(/^refused/);
  });

  test('changes a flag', () => {
    expect(verify('FROM a\nRUN «--network=none »x\n', [''])).toBe('refused: flags of RUN changed');
  });

  test('changes a heredoc body', () => {
    expect(verify('FROM a\nRUN <<EOF\n«x»\nEOF\n', ['y'])).toMatch(/^refused/);
  });

  test('changes the escape character', () => {
    expect(verify('«»FROM a\nRUN x\n', ['# escape=`\n'])).toMatch(/^refused/);
  });

  test('announces what it does not do', () => {
    expect(verify('FROM a\nRUN x«»\n', [' y'], { inserts: ['USER'] })).toBe(
      'refused: USER was announced but not inserted',
    );
  });
});

describe('a fix that leaves every word in place is refused when it changes', () => {
  test.each<[what: string, marked: string, texts: readonly string[]]>([
    ['where output goes', 'FROM a\nRUN x > /«a»\n', ['b']],
    ['what is redirected', 'FROM a\nRUN x «2>»/a\n', ['>']],
    ['how commands are joined', 'FROM a\nRUN x «&&» y\n', [';']],
    ['when a command runs', 'FROM a\nRUN x «&&» y\n', ['||']],
    ['what a pipe carries', 'FROM a\nRUN x «|» y\n', ['|&']],
    ['a pipe into a list', 'FROM a\nRUN x «|» y\n', ['&&']],
    ['whether it waits', 'FROM a\nRUN x«» && y\n', [' & true']],
    ['which failure counts', 'FROM a\nRUN «»x && y\n', ['! ']],
    ['what a group holds', 'FROM a\nRUN «»x || y«» && z\n', ['w || { ', '; }']],
    ['the shell a command runs in', 'FROM a\nRUN «»cd /x && y«»\n', ['(', ')']],
    ['the order of assignments', 'FROM a\nRUN «A=1 B=2» x\n', ['B=2 A=1']],
    ['the environment', 'FROM a\nRUN «»x y\n', ['A=1 ']],
    ['the words of a loop', 'FROM a\nRUN for i in a b«»; do x; done\n', [' c']],
    ['the patterns of a case', 'FROM a\nRUN case $A in a«») x;; esac\n', ['|b']],
    ['a test', 'FROM a\nRUN [[ a «==» b ]] && x\n', ['!=']],
    ['the branch of an if', 'FROM a\nRUN if a; then b; «» c; fi\n', ['else']],
    ['what is in a function', 'FROM a\nRUN f() { a «&&» b; }; f\n', [';']],
    ['a condition', 'FROM a\nRUN x || y«» && z\n', [' || w']],
    ['what || guards', 'FROM a\nRUN x«» || y\n', [' && w']],
    ['what a failure stops', 'FROM a\nRUN x«»\n', ['; w']],
    ['what runs first', 'FROM a\nRUN «»x\n', ['w && ']],
    ['a parenthesis', 'FROM a\nRUN x «»y\n', ['( ']],
    ['the spaces in a string', 'FROM a\nCMD x "a«»b"\n', ['  ']],
    ['a script in another language', 'FROM a\nRUN <<EOF\n#!/usr/bin/env python3\nprint(1«»)\nEOF\n', [', 2']],
    ['a body that is quoted', 'FROM a\nRUN <<«EOF»\nx $A\nEOF\n', ["'EOF'"]],
    ['a body that a command reads', 'FROM a\nRUN <<EOF\ncat <<X\na«»\nX\nEOF\n', [' b']],
    ['where a heredoc ends', 'FROM a\nRUN <<EOF\nx\n«»y\nEOF\n', ['EOF\n']],
    ['a script that is not understood', 'FROM a\nRUN x "«»\n', [' y']],
    ['a comment’s instruction', 'FROM a\n# hadolint ignore=DL3008\n«»RUN x\n', ['USER b\n']],
    ['a comment into a directive', '«# made by hand\n\n»# escape=`\nFROM a\n', ['']],
    ['a continuation by a comment', 'FROM a\nRUN x \\\n«»  && y\n', ['  z # \\\n']],
  ])('%s', (_, marked, texts) => {
    expect(verify(marked, texts, { inserts: marked.includes('hadolint') ? ['USER'] : [] })).toMatch(/^refused/);
  });

  test('how far a change of directory reaches', () => {
    const marked = 'FROM a\nRUN cd /x«\nRUN »y\n';
    expect(verify(marked, [' && '], { removes: ['RUN'] })).toMatch(/^refused/);
  });

  test('a list by merging it without braces', () => {
    const marked = 'FROM a\nRUN x«\nRUN »y || z\n';
    expect(verify(marked, [' && '], { removes: ['RUN'] })).toMatch(/^refused/);
  });

  test('more than words where it may change words', () => {
    const effect = { commands: 'words' } as const;
    expect(verify('FROM a\nRUN «apt» x > /y\n', ['apt-get'], effect)).toContain('apt-get x > /y');
    expect(verify('FROM a\nRUN «apt x > /y»\n', ['apt-get x > /z'], effect)).toMatch(/^refused/);
    expect(verify('FROM a\nRUN «apt x && b»\n', ['apt-get x || b'], effect)).toMatch(/^refused/);
  });

  test('what only another fix of the batch may', () => {
    const before = parseDockerfile('FROM a\nRUN x\nCMD z\nRUN y\n');
    const at = (word: string): number => before.text.indexOf(`RUN ${word}`) + 4;
    const change = (word: string) => ({ span: { start: at(word), end: at(word) + 1 }, text: 'w' });
    const free = { edits: [change('x')], effect: { commands: true } };
    expect(verifyTogether(before, [free])).toHaveProperty('text');
    expect(verifyTogether(before, [free, { edits: [change('y')], effect: {} }])).toHaveProperty('refusal');
  });
});

describe('a fix may leave the tree as it is and', () => {
  test.each<[what: string, marked: string, texts: readonly string[], effect: FixEffect, after: string]>([
    ['append a command', 'FROM a\nRUN x || y && z«»\n', [' && w'], {}, 'RUN x || y && z && w'],
    ['put one between', 'FROM a\nRUN x«» && y\n', [' && w'], {}, 'RUN x && w && y'],
    ['append a statement under -e', 'FROM a\nRUN set -e; x«»\n', ['; w'], {}, 'RUN set -e; x; w'],
    ['add an argument in a loop', 'FROM a\nRUN for i in a; do x«» $i; done\n', [' -y'], {}, 'do x -y $i; done'],
    [
      'merge lists in braces',
      'FROM a\nRUN x«\nRUN »y || z«»\n',
      [' && { ', '; }'],
      { removes: ['RUN'] },
      'RUN x && { y || z; }',
    ],
    ['split a list', 'FROM a\nRUN x« && »y\n', ['\nRUN '], { inserts: ['RUN'] }, 'RUN x\nRUN y'],
  ])('%s', (_, marked, texts, effect, after) => {
    expect(verify(marked, texts, effect)).toContain(after);
  });
});

describe('looking only at the instructions around a fix', () => {
  const effect = fc.constantFrom<FixEffect>(
    {},
    { commands: true, arguments: true, values: true, flags: true, comments: 'remove' },
    { inserts: ['ARG'] },
    { removes: ['RUN'] },
    { layout: true },
  );
  const inserted = fc.constantFrom(
    '',
    ' x',
    ' \\',
    '\n',
    '\n\n',
    '<<EOF',
    'EOF\n',
    '"',
    '# escape=`\n',
    'ARG a\n',
    'RUN y\n',
  );

  test('comes to what reading the whole file comes to', () => {
    let accepted = 0;
    fc.assert(
      fc.property(dockerfile, fc.nat(), fc.nat(40), inserted, effect, (text, from, length, added, may) => {
        const before = parseDockerfile(text);
        const start = from % (text.length + 1);
        const fix = {
          edits: [{ span: { start, end: Math.min(text.length, start + length) }, text: added }],
          effect: may,
        };
        const verdict = verifyFix(before, fix);
        const refusal = refusalOf(before, fix);
        expect(refusal).toBe('refusal' in verdict ? verdict.refusal : undefined);
        if (refusal === undefined) accepted++;
      }),
      { numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(50);
  });

  test('sees what a fix does to all that follows', () => {
    const text = `FROM a\n${'RUN x\n'.repeat(20)}RUN cat «»\n${'RUN x\n'.repeat(20)}EOF\nCMD z\n`;
    const { text: plain, spans } = unmark(text);
    const edits = spans.map(span => ({ span, text: '<<EOF' }));
    const removes = Array.from({ length: 20 }, () => 'RUN');
    expect(refusalOf(parseDockerfile(plain), { edits, effect: { removes, commands: true } })).toBeDefined();
  });
});
