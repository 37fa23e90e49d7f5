import { expect } from 'vitest';
import { problemsIn } from '../../server/src/dockerfile/index.js';
import { lint } from '../../server/src/engine/lint.js';
import { fixText, verifyFix } from '../../server/src/fixes/index.js';
import { HARDEN_RULES, planHarden } from '../../server/src/harden/plan.js';
import type { Finding, LintOptions } from '../../server/src/profiles/types.js';
import { minimalEdit } from '../../server/src/service/minimal-edit.js';
import { applyEdits } from '../../server/src/text/edits.js';
import { type Edit, overlaps } from '../../server/src/text/span.js';
import { commandsOf, commentsOf, isSubsequence, valuesOf } from './meaning.js';
import { inSomeOrder } from './orders.js';

/** A Dockerfile, and what it is linted under. */
export interface Subject {
  readonly text: string;
  readonly options: Partial<LintOptions>;
}

/** The next of many random numbers. */
export type Dice = () => number;

const hardening = (options: Partial<LintOptions>): Partial<LintOptions> => ({
  ...options,
  select: [...(options.select ?? []), ...HARDEN_RULES],
});

const strictLint = (text: string, options: Partial<LintOptions>) =>
  lint(text, { ...options, profile: 'all' }, (rule, error) => {
    throw new Error(`rule ${rule} threw`, { cause: error });
  });

const errors = (findings: readonly Finding[]): number =>
  findings.filter(finding => finding.severity === 'error').length;

export function liesInside({ text, options }: Subject): void {
  for (const finding of strictLint(text, options).findings) {
    expect(finding.span.start).toBeGreaterThanOrEqual(0);
    expect(finding.span.end).toBeLessThanOrEqual(text.length);
    expect(finding.span.start).toBeLessThanOrEqual(finding.span.end);
    expect(finding.message).toMatch(/[.?!]$/);
  }
}

export function fixesAreSound({ text, options }: Subject): void {
  const before = strictLint(text, options);
  for (const finding of before.findings) {
    for (const fix of finding.fixes) {
      if (fix.edits.length === 0) continue;
      const verdict = verifyFix(before.dockerfile, fix);
      if ('refusal' in verdict) {
        // After a heredoc that does not end nothing is as it looks; there, what would break is held back.
        if (before.dockerfile.placements.open.length > 0) continue;
        throw new Error(`${finding.rule}: “${fix.title}” was refused: ${verdict.refusal}`);
      }
      const after = strictLint(verdict.text, options);
      expect(problemsIn(after.dockerfile).length, fix.title).toBeLessThanOrEqual(problemsIn(before.dockerfile).length);
      // Another base image, which only a person chooses, may show mistakes that could not be told before.
      if (fix.safety !== 'manual')
        expect(errors(after.findings), `${finding.rule}: ${fix.title}`).toBeLessThanOrEqual(errors(before.findings));
      // What it was about is gone; that something else now is there is for the next fix.
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

export function safeFixesKeepTheMeaning({ text, options }: Subject): void {
  const after = fixText(text, options, 'safe').text;
  expect(isSubsequence(valuesOf(text), valuesOf(after)), 'values').toBe(true);
  expect(isSubsequence(commandsOf(text), commandsOf(after)), 'commands').toBe(true);
}

export function comesToRest({ text, options }: Subject): void {
  for (const level of ['safe', 'review'] as const) {
    const once = fixText(text, options, level).text;
    expect(fixText(once, options, level).text).toBe(once);
    expect(isSubsequence(commentsOf(text), commentsOf(once)), 'comments').toBe(true);
    const edits = minimalEdit(text, once);
    expect(applyEdits(text, edits)).toBe(once);
    expect(undo(text, edits, once)).toBe(text);
  }
}

export function editsOfARoundAreApart({ text, options }: Subject): void {
  for (const round of fixText(text, hardening(options), 'review').rounds) {
    const edits = round.map(({ edit }) => edit).sort((a, b) => a.span.start - b.span.start);
    edits.forEach((edit, index) => {
      const next = edits[index + 1];
      if (next) expect(overlaps(edit.span, next.span)).toBe(false);
    });
  }
}

export function hardenIsItsEdits({ text, options }: Subject): void {
  const plan = planHarden(text, options);
  expect(applyEdits(text, plan.edits)).toBe(plan.after);
  expect(undo(text, plan.edits, plan.after)).toBe(text);
  expect(planHarden(plan.after, options).after).toBe(plan.after);
  expect(isSubsequence(commentsOf(text), commentsOf(plan.after)), 'comments').toBe(true);
}

/** One fix at a time leads to the file that all at once lead to. */
export const anyOrder =
  (level: 'safe' | 'review', more: 'what Harden adds' | 'no more' = 'no more') =>
  ({ text, options }: Subject, dice: Dice): void => {
    const under = more === 'no more' ? options : hardening(options);
    expect(inSomeOrder(text, under, level, dice)).toBe(fixText(text, under, level).text);
  };

/** The same under the rules of each profile alone. */
export function anyOrderInEveryProfile({ text, options }: Subject, dice: Dice): void {
  for (const profile of ['strict', 'all', 'hadolint', 'buildkit'] as const)
    anyOrder('review')({ text, options: { ...options, select: [], profile } }, dice);
}

/** How far the edits before a place move it. */
function shiftBefore(at: number, edits: readonly Edit[]): number {
  return edits
    .filter(edit => edit.span.end <= at)
    .reduce((sum, edit) => sum + edit.text.length - (edit.span.end - edit.span.start), 0);
}

/** Takes edits back, knowing only where they were and what they replaced. */
function undo(before: string, edits: readonly Edit[], after: string): string {
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
