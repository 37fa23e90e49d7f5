import { describe, expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';

const many = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('');

/** No rule may fail on a text, and none may take it for more than it is. */
function checked(text: string): readonly string[] {
  const failed: string[] = [];
  lint(text, { profile: 'all' }, rule => failed.push(rule));
  return failed;
}

describe('a text that asks for too much', () => {
  test('variables that hold the one before twice', () => {
    expect(checked(`FROM debian:12\nENV A0=xxxxxxxx\n${many(200, i => `ENV A${i + 1}=$A${i}$A${i}\n`)}`)).toEqual([]);
    expect(checked(`ARG A0=xxxxxxxx\n${many(200, i => `ARG A${i + 1}=$A${i}$A${i}\n`)}FROM debian:$A200\n`)).toEqual(
      [],
    );
  });

  test('substitutions within one another', () => {
    expect(checked(`FROM debian:12\nENV A=${'${a:-'.repeat(20_000)}x${'}'.repeat(20_000)}\n`)).toEqual([]);
  });

  test('patterns with many stars', () => {
    expect(checked(`FROM debian:12\nENV A=${'a'.repeat(5000)}\nENV B=\${A//${'*a'.repeat(30)}b/}\n`)).toEqual([]);
  });

  test('stages that are FROM one another by the thousand', () => {
    expect(checked(`FROM debian:12 AS s0\n${many(12_000, i => `FROM s${i} AS s${i + 1}\n`)}CMD x\n`)).toEqual([]);
  }, 120_000);

  test('words that are not pairs, tags without an end and swallowed instructions, by the thousand', () => {
    expect(checked(`FROM debian:12\nENV A=${'{{a '.repeat(200_000)}\n`)).toEqual([]);
    expect(checked(`{{ x }}\nFROM debian:12\n${'RUN {% comment %} {{ a {# b\n'.repeat(2000)}`)).toEqual([]);
    expect(checked(`FROM debian:12\n${'define(`A, `b\n'.repeat(2000)}`)).toEqual([]);
    expect(checked(`FROM debian:12\nRUN x "\\\n${'RUN y \\\n'.repeat(5000)}z\n`)).toEqual([]);
  }, 120_000);

  test('parentheses by the thousand', () => {
    expect(checked(`FROM debian:12\nRUN ${'('.repeat(20_000)}x${')'.repeat(20_000)}\n`)).toEqual([]);
    expect(checked(`FROM debian:12\nRUN ${'echo $('.repeat(5000)}x${')'.repeat(5000)}\n`)).toEqual([]);
    expect(checked(`FROM debian:12\nCMD ${'['.repeat(50_000)}${']'.repeat(50_000)}\n`)).toEqual([]);
  });
});
