import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { problemsIn } from '../../server/src/dockerfile/index.js';
import { lint } from '../../server/src/engine/lint.js';
import type { Finding, LintOptions } from '../../server/src/engine/types.js';
import { fixText, verifyFix } from '../../server/src/fixes/index.js';
import { HARDEN_RULES, planHarden } from '../../server/src/harden/plan.js';
import { applyEdits } from '../../server/src/text/edits.js';
import { overlaps } from '../../server/src/text/span.js';
import { dockerfile } from './generate.js';
import { commandsOf, commentsOf, isSubsequence, valuesOf } from './meaning.js';
import { inSomeOrder } from './orders.js';

/** With FC_SCALE=1 all properties together take more than 10,000 files. */
const SCALE = Number(process.env['FC_SCALE'] ?? 0.03);
const runs = (share: number): { numRuns: number } => ({ numRuns: Math.ceil(share * SCALE) });
/** Milliseconds. Thousands of files take minutes on a busy machine, and that is no defect. */
const TIMEOUT = 900_000;
const ALL: Partial<LintOptions> = { profile: 'all' };
const HARDEN: Partial<LintOptions> = { select: HARDEN_RULES };

const strictLint = (text: string, options: Partial<LintOptions> = ALL) =>
  lint(text, options, (rule, error) => {
    throw new Error(`rule ${rule} threw`, { cause: error });
  });

const errors = (findings: readonly Finding[]): number =>
  findings.filter(finding => finding.severity === 'error').length;

/** Runs a property over generated files. */
function property(name: string, share: number, check: (text: string, dice: () => number) => void): void {
  test(
    name,
    () => {
      fc.assert(
        fc.property(dockerfile, fc.infiniteStream(fc.nat(10_000)), (text, dice) =>
          check(text, () => dice.next().value ?? 0),
        ),
        runs(share),
      );
    },
    TIMEOUT,
  );
}

function liesInside(text: string): void {
  for (const finding of strictLint(text).findings) {
    expect(finding.span.start).toBeGreaterThanOrEqual(0);
    expect(finding.span.end).toBeLessThanOrEqual(text.length);
    expect(finding.span.start).toBeLessThanOrEqual(finding.span.end);
    expect(finding.message).toMatch(/[.?!]$/);
  }
}

function fixesAreSound(text: string): void {
  const before = strictLint(text);
  for (const finding of before.findings) {
    for (const fix of finding.fixes) {
      if (fix.edits.length === 0) continue;
      const verdict = verifyFix(before.dockerfile, fix);
      if ('refusal' in verdict) continue;
      const after = strictLint(verdict.text);
      expect(problemsIn(after.dockerfile).length, fix.title).toBeLessThanOrEqual(problemsIn(before.dockerfile).length);
      // Another base image, which only a person chooses, may show mistakes that could not be told before.
      if (fix.safety !== 'manual')
        expect(errors(after.findings), `${finding.rule}: ${fix.title}`).toBeLessThanOrEqual(errors(before.findings));
      // What it was about is gone; that something else now stands there is for the next fix.
      if (fix.preferred && fix.safety !== 'manual') {
        const start = finding.span.start + shiftBefore(finding.span.start, fix.edits);
        const same = after.findings.filter(
          other => other.rule === finding.rule && other.span.start === start && other.message === finding.message,
        );
        expect(same, `${finding.rule}: ${fix.title}`).toEqual([]);
      }
      expect(undo(text, fix.edits, verdict.text)).toBe(text);
    }
  }
}

function safeFixesKeepTheMeaning(text: string): void {
  const after = fixText(text, {}, 'safe').text;
  expect(isSubsequence(valuesOf(text), valuesOf(after)), 'values').toBe(true);
  expect(isSubsequence(commandsOf(text), commandsOf(after)), 'commands').toBe(true);
}

function comesToRest(text: string): void {
  for (const level of ['safe', 'review'] as const) {
    const once = fixText(text, {}, level).text;
    expect(fixText(once, {}, level).text).toBe(once);
    expect(isSubsequence(commentsOf(text), commentsOf(once)), 'comments').toBe(true);
  }
}

function editsOfARoundAreApart(text: string): void {
  for (const round of fixText(text, HARDEN, 'review').rounds) {
    const edits = round.map(({ edit }) => edit).sort((a, b) => a.span.start - b.span.start);
    edits.forEach((edit, index) => {
      const next = edits[index + 1];
      if (next) expect(overlaps(edit.span, next.span)).toBe(false);
    });
  }
}

function hardenIsItsEdits(text: string): void {
  const plan = planHarden(text, {});
  expect(applyEdits(text, plan.edits)).toBe(plan.after);
  expect(undo(text, plan.edits, plan.after)).toBe(text);
  expect(planHarden(plan.after, {}).after).toBe(plan.after);
  expect(isSubsequence(commentsOf(text), commentsOf(plan.after)), 'comments').toBe(true);
}

const anyOrder =
  (level: 'safe' | 'review', options: Partial<LintOptions>) =>
  (text: string, dice: () => number): void => {
    expect(inSomeOrder(text, options, level, dice)).toBe(fixText(text, options, level).text);
  };

describe('for every Dockerfile', () => {
  property('findings lie inside the text and carry a message', 1500, liesInside);
  property('an offered fix parses, cures its finding, adds no error and can be undone', 1500, fixesAreSound);
  property('safe fixes keep values, commands and their order', 1500, safeFixesKeepTheMeaning);
  property('fixing everything comes to rest, loses no comment, and can be repeated', 1500, comesToRest);
  property('the edits of one round are apart', 1000, editsOfARoundAreApart);
  property('safe fixes lead to one file in whatever order they are applied', 1500, anyOrder('safe', {}));
  property('fixes to review do so too', 1500, anyOrder('review', {}));
  property('so do those of Harden', 500, anyOrder('review', HARDEN));
  property('Harden comes to rest, and its edits are its result, back and forth', 1000, hardenIsItsEdits);
});

/** How far the edits before a place move it. */
function shiftBefore(
  at: number,
  edits: readonly { readonly span: { readonly start: number; readonly end: number }; readonly text: string }[],
): number {
  return edits
    .filter(edit => edit.span.end <= at)
    .reduce((sum, edit) => sum + edit.text.length - (edit.span.end - edit.span.start), 0);
}

/** Takes edits back, knowing only where they were and what they replaced. */
function undo(
  before: string,
  edits: readonly { readonly span: { readonly start: number; readonly end: number }; readonly text: string }[],
  after: string,
): string {
  let shift = 0;
  const inverse = [...edits]
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
    .map(edit => {
      const start = edit.span.start + shift;
      shift += edit.text.length - (edit.span.end - edit.span.start);
      return { span: { start, end: start + edit.text.length }, text: before.slice(edit.span.start, edit.span.end) };
    });
  return applyEdits(after, inverse);
}
