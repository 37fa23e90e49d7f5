import { describe, expect, test } from 'vitest';
import { parseDockerfile } from '../../server/src/dockerfile/index.js';
import { verifyEdits } from '../../server/src/fixes/verify.js';
import type { FixEffect } from '../../server/src/rules/rule.js';
import { unmark } from '../support/markers.js';

/** Replaces the marked ranges by the given texts and returns the new text, or why it was refused. */
function verify(marked: string, texts: readonly string[], effect: FixEffect = {}): string {
  const { text, spans } = unmark(marked);
  const edits = spans.map((span, index) => ({ span, text: texts[index] ?? '' }));
  const verdict = verifyEdits(parseDockerfile(text), edits, effect);
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
