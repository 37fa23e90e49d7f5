import { describe, expect, test } from 'vitest';
import { projectFilesOf } from '../../server/src/compose/index.js';
import { COMPOSE_RULES } from '../../server/src/compose/rules/index.js';
import { lintCompose } from '../../server/src/engine/lint-compose.js';
import { composeFixable } from '../../server/src/fixes/index.js';
import type { BadExample, RuleMeta } from '../../server/src/rules/rule.js';
import { composeFindingsOf } from '../../server/src/tools/rule-fixes.js';
import { mark, unmark } from '../lib/markers.js';

const crlf = (text: string): string => text.replace(/\n/g, '\r\n');

/** Applies the fix of an example to the first finding, as often as there is one. */
function fixed(rule: RuleMeta, start: string, example: BadExample): string {
  let text = start;
  for (let round = 0; round < 20; round++) {
    const fix = composeFindingsOf(rule, text, example)[0]?.fixes[example.fix ?? 0];
    if (!fix) break;
    const result = lintCompose(text, 'compose.yaml', projectFilesOf({}));
    const verdict = composeFixable(result).verify([fix]);
    if ('refusal' in verdict) throw new Error(`the fix “${fix.title}” was refused: ${verdict.refusal}`);
    text = verdict.text;
  }
  return text;
}

function checkBad(rule: RuleMeta, example: BadExample, transform: (text: string) => string): void {
  const marked = transform(example.code);
  const { text } = unmark(marked);
  const findings = composeFindingsOf(rule, text, example);
  expect(
    mark(
      text,
      findings.map(finding => finding.span),
    ),
  ).toBe(marked);
  if (example.fixed === undefined) {
    // What a fix makes of the file is for the reader to see.
    expect(findings[0]?.fixes.filter(fix => fix.edits.length > 0) ?? []).toEqual([]);
    return;
  }
  const after = fixed(rule, text, example);
  expect(after).toBe(transform(example.fixed));
  if ((example.fix ?? 0) === 0) expect(composeFindingsOf(rule, after, example)).toEqual([]);
}

for (const rule of COMPOSE_RULES) {
  describe(rule.id, () => {
    for (const [index, example] of rule.examples.bad.entries()) {
      const name = example.why ?? `bad ${index + 1}`;
      test(`reports: ${name}`, () => checkBad(rule, example, text => text));
      test(`reports with CRLF: ${name}`, () => checkBad(rule, example, crlf));
    }
    for (const example of rule.examples.good) {
      test(`stays quiet: ${example.why}`, () => {
        expect(composeFindingsOf(rule, example.code, example)).toEqual([]);
        expect(composeFindingsOf(rule, crlf(example.code), example)).toEqual([]);
      });
    }
  });
}
