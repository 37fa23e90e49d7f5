import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Dockerfile, parseDockerfile, reparseDockerfile } from '../../server/src/dockerfile/index.js';

/** Lines that matter to the assembly of instructions, in any order. */
const line = fc.constantFrom(
  'FROM debian:12',
  'FROM a AS b',
  'RUN x \\',
  '  y',
  'RUN <<EOF',
  'EOF',
  'RUN cat <<A <<-B',
  'A',
  '\tB',
  '# note',
  '  # inner',
  '',
  '   ',
  '\\',
  '# escape=`',
  '# syntax=docker/dockerfile:1',
  'ENV A=1 B="2 \\',
  '3"',
  'COPY a b',
  'ONBUILD RUN z',
  'RUN echo \\\\',
  'CMD ["a"]',
  '😀',
  'RUN a \\  ',
);
const text = fc
  .array(line, { maxLength: 30 })
  .chain(lines => fc.constantFrom('\n', '\r\n').map(eol => lines.join(eol)));

/** A file as plain data, so that every field of both parses is compared. */
const plain = (file: Dockerfile) => ({
  escape: file.escape,
  directives: file.directives,
  problems: file.problems,
  trailing: file.trailing,
  body: file.body,
  instructions: file.instructions.map(({ instruction, start, index, leading, segment, length, next }) => ({
    start,
    index,
    leading,
    segment,
    length,
    next,
    text: instruction.text,
    joined: instruction.joined,
    heredocs: instruction.heredocs,
    comments: instruction.comments,
    emptyLines: instruction.emptyLines,
  })),
});

describe('reparseDockerfile', () => {
  test('equals a fresh parse after any edit', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(40), fc.oneof(text, fc.string(), line), (before, at, length, inserted) => {
        const from = before.length === 0 ? 0 : at % (before.length + 1);
        const oldEnd = Math.min(before.length, from + length);
        const after = before.slice(0, from) + inserted + before.slice(oldEnd);
        const fresh = parseDockerfile(after);
        const again = reparseDockerfile(parseDockerfile(before), after, from, oldEnd, from + inserted.length);
        expect(plain(again)).toEqual(plain(fresh));
      }),
      { numRuns: 3000 },
    );
  });

  test('segments cover the file without gaps', () => {
    fc.assert(
      fc.property(text, source => {
        const file = parseDockerfile(source);
        let at = file.body;
        for (const placed of file.instructions) {
          expect(placed.start + placed.segment).toBe(at);
          expect(source.slice(placed.start, placed.start + placed.length)).toBe(placed.instruction.text);
          at = placed.start + placed.next;
        }
      }),
    );
  });
});
