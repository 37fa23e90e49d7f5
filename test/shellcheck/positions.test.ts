import { expect, test } from 'vitest';
import { placeReader } from '../../server/src/shellcheck/worker/positions.js';

const textAt = (text: string, line: number, column: number): string => text.slice(placeReader(text)({ line, column }));

test.each([
  ['a tab reaches to the next stop', '\techo $x', 1, 14, '$x'],
  ['a tab in the middle fills up', 'ab\tcd\te', 1, 17, 'e'],
  ['an emoji is one column and two units', 'echo 😀 $x', 1, 8, '$x'],
  ['CRLF ends a line like LF', 'a\r\nb $x\r\nc', 2, 3, '$x\r\nc'],
  ['a column after the end is the end, before CRLF', 'ab\r\nc', 1, 99, '\r\nc'],
  ['a column after the end is the end, before LF', 'ab\nc', 1, 99, '\nc'],
  ['a column within a tab is after it', '\tx', 1, 3, 'x'],
  ['a line after the end', 'ab', 9, 1, ''],
  ['a line before the start', 'ab', 0, 1, 'ab'],
  ['a lone CR is a character', 'a\rb', 1, 3, 'b'],
])('%s', (_, text, line, column, rest) => {
  expect(textAt(text, line, column)).toBe(rest);
});
