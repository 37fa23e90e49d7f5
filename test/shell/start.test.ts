import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { slice } from '../../server/src/dockerfile/index.js';
import { parseScript, readScript } from '../../server/src/shell/read.js';

/** What the start of a script is made of, and what the parser has to be asked about. */
const piece = fc.constantFrom(
  ...[
    'apt-get',
    'install',
    '-y',
    'a=b',
    'A=1',
    'A="$B"',
    "A='x y'",
    'A=',
    'A+=1',
    'a[1]=2',
    '"$A"',
    '$A',
    '${A}b',
    '*.x',
  ],
  ...['sh -c "a && b"', "sh -c 'a; b | c'", 'sudo', 'env', 'exec', 'find . -exec rm {} +', 'xargs', 'su x -c "y"'],
  ...['if', 'then', 'fi', 'for', 'in', 'do', 'done', 'while', 'time', 'export', 'eval', '!', '{', '}', '(', ')', 'x()'],
  ...[
    '$(a; b)',
    '"$(a | b)"',
    '`a`',
    '"a`b`"',
    '<<E',
    '>a',
    '2>&1',
    '> /dev/null',
    '# b',
    '#',
    '\\',
    '\\ ',
    '\n',
    '\r\n',
  ],
  ...['"', "'", '"a\nb"', '~/x', '?', '[', ']', '[[', ']]', '{a,b}', '${A:-b}', '$1', 'é', '"é"', '=', 'x=y=z', '"a"b'],
);
const blank = fc.constantFrom('', ' ', '  ', '\t');
const joint = fc.constantFrom('&&', '||', ';', '|', '&', ';;', '|&', ' && ', ' ; ', '; ', ' | ', '&& ', ';&', ' ');
const script = fc
  .array(fc.tuple(fc.array(fc.tuple(piece, blank), { minLength: 1, maxLength: 4 }), joint), { maxLength: 6 })
  .map(items =>
    items.map(([words, behind]) => words.map(([word, gap]) => word + (gap || ' ')).join('') + behind).join(''),
  );
const glued = fc.array(fc.oneof(piece, blank, joint), { maxLength: 12 }).map(pieces => pieces.join(''));

/** Every third character begins a new piece, as after continuation lines. */
const inPieces = (text: string) => {
  const at = text === '' ? [0] : Array.from({ length: Math.ceil(text.length / 3) }, (_, index) => index * 3);
  return { text, at, source: at.map(offset => 4 + offset + (offset / 3) * 2) };
};

describe('the start of a script', () => {
  test('is read as the parser reads it', () => {
    fc.assert(
      fc.property(fc.oneof(script, glued), text => {
        const source = inPieces(text);
        expect(readScript(source, 'shell', undefined)).toEqual(parseScript(source, 'shell', undefined));
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    'apt-get update && apt-get install -y curl',
    'a;',
    'a &&',
    'a; ',
    'a | b || c; d',
    'a && b & c',
    'a && b | c & d; e',
    'a; b & c && d',
    'a && # why',
    'a; # why',
    'a && \n b; c',
    'a; \n b; c',
    'a && if b; then c; fi && d',
    'A=1 B="$C" make x > y && z "$(a; b)" && c',
    'a | b && c | d "$(e)"',
    'a ( b',
    'sh -c "a && b" && c',
    "a && sudo b; env -i c; sh -c 'd | e'; f `g`",
    'a && fi',
    'a && ) b',
    'a || && b',
    'rm -rf /var/lib/apt/lists/* && x',
  ])('%s', text => {
    const source = inPieces(text);
    expect(readScript(source, 'shell', undefined)).toEqual(parseScript(source, 'shell', undefined));
    const part = slice(source, 1, text.length);
    expect(readScript(part, 'shell', undefined)).toEqual(parseScript(part, 'shell', undefined));
  });
});
