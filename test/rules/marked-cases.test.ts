import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';

/** What each rule marks, or leaves alone, in files that are easy to misread: `=== rule`, then the file with «…». */
const [, ...pieces] = readFileSync(new URL('marked-cases.txt', import.meta.url), 'utf8').split(/^=== (\S+)\n/m);

function marked(rule: string, text: string): string {
  const spans = lint(text, { profile: 'all' })
    .findings.filter(finding => finding.rule === rule)
    .map(finding => finding.span)
    .sort((a, b) => b.start - a.start);
  return spans.reduce(
    (all, { start, end }) => `${all.slice(0, start)}«${all.slice(start, end)}»${all.slice(end)}`,
    text,
  );
}

describe('marked cases', () => {
  for (let index = 0; index < pieces.length; index += 2) {
    const [rule = '', file = ''] = pieces.slice(index, index + 2);
    test(`${rule}: ${file.split('\n').slice(0, 4).join(' ⏎ ')}`, () => {
      expect(marked(rule, file.replace(/[«»]/g, ''))).toBe(file);
    });
  }
});
