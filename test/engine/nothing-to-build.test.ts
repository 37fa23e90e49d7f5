import { describe, expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';
import { DEFAULT_OPTIONS, type LintOptions } from '../../server/src/profiles/types.js';

function syntax(text: string, options: Partial<LintOptions> = {}): string[] {
  const { findings } = lint(text, { ...DEFAULT_OPTIONS, ...options });
  return findings
    .filter(({ rule }) => rule === 'syntax-error')
    .map(({ severity, message, span }) => `${severity} “${text.slice(span.start, span.end)}” ${message}`);
}

const EMPTY = 'error “” The file has no instructions. Start with FROM and an image.';
const NO_FROM = 'error “ARG” The file has no FROM, so there is nothing to build. Add FROM and an image after the ARG.';

describe('a file without anything to build', () => {
  test.each([
    ['is empty', '', EMPTY],
    ['has spaces only', ' \n\t\n', EMPTY],
    ['has a byte order mark only', '\uFEFF', EMPTY],
    ['has comments only', '# later\n\n# more\n', EMPTY],
    ['has a directive only', '# syntax=docker/dockerfile:1\n', EMPTY],
    ['has ARG only', 'ARG A\nARG B=1\n', NO_FROM],
  ])('that %s is an error', (_, text, message) => {
    expect(syntax(text)).toEqual([message]);
    expect(syntax(text, { profile: 'buildkit' })).toEqual([message]);
  });
  test('is none of ours in profile hadolint, in an editor, nor for another frontend', () => {
    for (const text of ['', '# x\n', 'ARG A\n']) {
      expect(syntax(text, { profile: 'hadolint' })).toEqual([]);
      expect(syntax(text, { isDraft: true })).toEqual([]);
      expect(syntax(`# syntax=example/other:1\n${text}`)).toEqual([]);
    }
  });
  test('is not a file with a mistake that is told already, nor a template', () => {
    expect(syntax('FROM scratch\n')).toEqual([]);
    expect(syntax('ARG A\nRUN x\n')).toEqual([]);
    expect(syntax('{% include "base" %}\n')).toEqual([]);
  });
});
