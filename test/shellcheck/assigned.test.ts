import { describe, expect, test } from 'vitest';
import { originalOffset, withAssigned } from '../../server/src/shellcheck/assigned.js';
import { relevantNames } from '../../server/src/shellcheck/relevant-names.js';

describe('withAssigned', () => {
  test.each([
    ['a plain script', 'echo $A', ['A', 'B'], 'export A=1 B=1\necho $A'],
    ['no names', 'echo $A', [], 'echo $A'],
    ['a shebang stays first', '#!/bin/sh\n# why\n\nx', ['A'], '#!/bin/sh\n# why\n\nexport A=1\nx'],
    ['with CRLF as well', '#!/bin/sh\r\n\r\nx', ['A'], '#!/bin/sh\r\n\r\nexport A=1\nx'],
    ['nothing but comments', '# a\n# b\n', ['A'], '# a\n# b\n'],
    ['indented comments', '  # a\n x # b\n', ['A'], '  # a\nexport A=1\n x # b\n'],
  ])('%s', (_, script, names, expected) => {
    const result = withAssigned(script, names);
    expect(result.script).toBe(expected);
    for (let offset = 0; offset < result.script.length; offset++) {
      const original = originalOffset(result, offset);
      if (original !== undefined) expect(script[original]).toBe(result.script[offset]);
    }
  });

  test('an offset in the added line has no original', () => {
    const result = withAssigned('echo', ['A']);
    expect([0, 10, 11].map(offset => originalOffset(result, offset))).toEqual([undefined, undefined, 0]);
  });
});

describe('relevantNames', () => {
  test.each([
    ['those mentioned, sorted, once', 'echo $B ${A:-x} C', ['C', 'B', 'A', 'A', 'D'], ['A', 'B', 'C']],
    ['those that may have been meant', 'echo $FOOBAR', ['FOO_BAR', 'OTHER'], ['FOO_BAR']],
    ['not what is near to a known one', 'echo $FOOBAR', ['FOO_BAR', 'FOOBAR'], ['FOOBAR']],
    ['nothing else', 'make', ['PATH', 'HOME'], []],
    ['none that a shell cannot assign', 'a-b', ['a-b'], []],
  ])('%s', (_, script, names, expected) => {
    expect(relevantNames(script, names)).toEqual(expected);
  });
});
