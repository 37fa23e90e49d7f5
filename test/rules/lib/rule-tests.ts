import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseDockerfile } from '../../../server/src/dockerfile/index.js';
import { lint } from '../../../server/src/engine/lint.js';
import { deriveFacts } from '../../../server/src/facts/index.js';
import { verifyFix } from '../../../server/src/fixes/index.js';
import { choosing, mentionsOf, together } from '../../../server/src/profiles/mentions.js';
import type { BadExample, Rule } from '../../../server/src/rules/rule.js';
import { findingsOf, optionsFor } from '../../../server/src/tools/rule-fixes.js';
import { mark, unmark } from '../../lib/markers.js';

const crlf = (text: string): string => text.replace(/\n/g, '\r\n');

/** The same file with every RUN (outside builder stages this changes nothing that a per-instruction rule sees) after ONBUILD. */
const onbuild = (text: string): string => text.replace(/^RUN /gm, 'ONBUILD RUN ');

function checkBad(rule: Rule, example: BadExample, transform: (text: string) => string): void {
  const marked = transform(example.code);
  const { text } = unmark(marked);
  const options = optionsFor(rule, example);
  const findings = findingsOf(rule, text, options);
  if (findings.length === 0 && !isAsked(rule, text))
    throw new Error(
      `${rule.id} is never asked about this example: the keywords, words and signs of its selector are not in it`,
    );
  expect(
    mark(
      text,
      findings.map(finding => finding.span),
    ),
  ).toBe(marked);
  const { dockerfile } = lint(text, options);
  for (const fix of findings.flatMap(({ fixes }) => fixes)) {
    if (fix.edits.length === 0) continue;
    const verdict = verifyFix(dockerfile, fix);
    if ('refusal' in verdict) throw new Error(`the fix “${fix.title}” would be refused: ${verdict.refusal}`);
  }
  if (example.fixed === undefined) {
    // What a fix makes of the file is for the reader to see.
    expect(findings[0]?.fixes.filter(fix => fix.edits.length > 0) ?? []).toEqual([]);
    return;
  }
  let current = text;
  // Every finding is cured in turn, so an example may hold several.
  for (let round = 0; round < 20; round++) {
    const next = findingsOf(rule, current, options)[0];
    const fix = next?.fixes[example.fix ?? 0];
    if (!next || !fix) break;
    const { dockerfile } = lint(current, options);
    const verdict = verifyFix(dockerfile, fix);
    if ('refusal' in verdict) throw new Error(`the fix “${fix.title}” was refused: ${verdict.refusal}`);
    current = verdict.text;
  }
  expect(current).toBe(transform(example.fixed));
  if ((example.fix ?? 0) === 0) expect(findingsOf(rule, current, options)).toEqual([]);
}

/** Whether the engine asks a rule about anything in a text, by what the text mentions. */
function isAsked(rule: Rule, text: string): boolean {
  const facts = deriveFacts(parseDockerfile(text));
  const parts = rule.scope ? [facts.preamble, ...facts.stages.map(stage => stage.instructions)] : [facts.instructions];
  return parts.some(part => {
    const mentions = part.map(({ instruction }) => mentionsOf(instruction));
    return choosing([rule])(together(mentions)).length > 0;
  });
}

/** The examples of a rule, as they are and with other line endings, and under ONBUILD where that changes nothing. */
export function testExamples(rule: Rule): void {
  describe(rule.id, () => {
    for (const [index, example] of rule.examples.bad.entries()) {
      const name = example.why ?? `bad ${index + 1}`;
      test(`reports: ${name}`, () => checkBad(rule, example, text => text));
      test(`reports with CRLF: ${name}`, () => checkBad(rule, example, crlf));
      if (
        rule.check &&
        rule.onbuild !== false &&
        rule.on?.includes('RUN') &&
        /^RUN /m.test(example.code) &&
        !/<<|^ONBUILD/m.test(example.code)
      ) {
        test(`reports under ONBUILD: ${name}`, () => checkBad(rule, example, onbuild));
      }
    }
    for (const example of rule.examples.good) {
      test(`stays quiet: ${example.why}`, () => {
        const options = optionsFor(rule, example);
        expect(findingsOf(rule, example.code, options)).toEqual([]);
        expect(findingsOf(rule, crlf(example.code), options)).toEqual([]);
      });
    }
  });
}

const CASES = new URL('../cases/', import.meta.url);

/** Files with «…» around what the rule reports, each after a line `===`. */
export function testCases(rule: string): void {
  const cases = readFileSync(new URL(`${rule}.txt`, CASES), 'utf8')
    .split(/^===\n/m)
    .slice(1);
  describe(`cases of ${rule}`, () => {
    for (const marked of cases) {
      test(marked.split('\n').slice(0, 4).join(' ⏎ '), () => {
        const { text } = unmark(marked);
        const spans = lint(text, { profile: 'all' })
          .findings.filter(finding => finding.rule === rule)
          .map(finding => finding.span);
        expect(mark(text, spans)).toBe(marked);
      });
    }
  });
}

/** The rules that have cases beside their examples. */
export const rulesWithCases = (): readonly string[] =>
  readdirSync(CASES)
    .map(file => file.replace(/\.txt$/, ''))
    .sort();
