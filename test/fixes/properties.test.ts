import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { problemsIn } from '../../server/src/dockerfile/index.js';
import { lint } from '../../server/src/engine/lint.js';
import type { Finding, LintOptions } from '../../server/src/engine/types.js';
import { batchFix, fixText, verifyFix } from '../../server/src/fixes/index.js';
import { planHarden } from '../../server/src/harden/index.js';
import { applyEdits } from '../../server/src/text/edits.js';
import { dockerfile } from './generate.js';

/** 10,000 in CI; fewer by hand with FC_RUNS. */
const numRuns = Number(process.env['FC_RUNS'] ?? 2500);
/** Milliseconds. Thousands of files take minutes on a busy machine, and that is no defect. */
const TIMEOUT = 900_000;
const ALL: Partial<LintOptions> = { profile: 'all' };

const strictLint = (text: string, options: Partial<LintOptions> = ALL) =>
  lint(text, options, (rule, error) => {
    throw new Error(`rule ${rule} threw`, { cause: error });
  });

const errors = (findings: readonly Finding[]): number =>
  findings.filter(finding => finding.severity === 'error').length;

const comments = (text: string): string[] => {
  const file = lint(text).dockerfile;
  return [
    ...file.instructions.flatMap(placed => [...placed.leading, ...placed.instruction.comments]),
    ...file.trailing,
  ].map(comment => comment.text);
};

const isSubsequence = (small: readonly string[], large: readonly string[]): boolean => {
  let at = 0;
  for (const item of large) if (item === small[at]) at++;
  return at === small.length;
};

describe('for every Dockerfile', () => {
  test(
    'findings lie inside the text and carry a message',
    () => {
      fc.assert(
        fc.property(dockerfile, text => {
          for (const finding of strictLint(text).findings) {
            expect(finding.span.start).toBeGreaterThanOrEqual(0);
            expect(finding.span.end).toBeLessThanOrEqual(text.length);
            expect(finding.span.start).toBeLessThanOrEqual(finding.span.end);
            expect(finding.message).toMatch(/[.?!]$/);
          }
        }),
        { numRuns },
      );
    },
    TIMEOUT,
  );

  test(
    'an offered fix parses, cures its finding, adds no error and can be undone',
    () => {
      fc.assert(
        fc.property(dockerfile, text => {
          const before = strictLint(text);
          for (const finding of before.findings) {
            for (const fix of finding.fixes) {
              if (fix.edits.length === 0) continue;
              const verdict = verifyFix(before.dockerfile, fix);
              if ('refusal' in verdict) continue;
              const after = strictLint(verdict.text);
              expect(problemsIn(after.dockerfile).length, fix.title).toBeLessThanOrEqual(
                problemsIn(before.dockerfile).length,
              );
              // Another base image, which only a person chooses, may show mistakes that could not be told before.
              if (fix.safety !== 'manual') {
                expect(errors(after.findings), `${finding.rule}: ${fix.title}`).toBeLessThanOrEqual(
                  errors(before.findings),
                );
              }
              // What it was about is gone; that something else now stands there is for the next fix.
              if (fix.preferred && fix.safety !== 'manual') {
                const start = finding.span.start + shiftBefore(finding.span.start, fix.edits);
                const same = after.findings.filter(
                  other =>
                    other.rule === finding.rule && other.span.start === start && other.message === finding.message,
                );
                expect(same, `${finding.rule}: ${fix.title}`).toEqual([]);
              }
              expect(undo(text, fix.edits, verdict.text)).toBe(text);
            }
          }
        }),
        { numRuns },
      );
    },
    TIMEOUT,
  );

  test(
    'fixing everything comes to rest, loses no comment, and can be repeated',
    () => {
      fc.assert(
        fc.property(dockerfile, text => {
          for (const level of ['safe', 'review'] as const) {
            const once = fixText(text, {}, level).text;
            expect(fixText(once, {}, level).text).toBe(once);
            expect(isSubsequence(comments(text), comments(once))).toBe(true);
          }
        }),
        { numRuns },
      );
    },
    TIMEOUT,
  );

  test(
    'safe fixes lead to one file in whatever order they are applied',
    () => {
      fc.assert(
        fc.property(dockerfile, fc.infiniteStream(fc.nat(1000)), (text, dice) => {
          let current = text;
          // One at a time, each chosen by the dice; far more rounds than any file has findings.
          for (let round = 0; round < 200; round++) {
            const { dockerfile: file, findings } = lint(current);
            const choices = findings.flatMap(finding => {
              const fix = batchFix(finding, 'safe');
              const verdict = fix && verifyFix(file, fix);
              return verdict && 'text' in verdict ? [verdict.text] : [];
            });
            if (choices.length === 0) break;
            current = choices[(dice.next().value ?? 0) % choices.length] ?? current;
          }
          expect(current).toBe(fixText(text, {}, 'safe').text);
        }),
        { numRuns },
      );
    },
    TIMEOUT,
  );

  test(
    'Harden comes to rest, and its edits are its result',
    () => {
      fc.assert(
        fc.property(dockerfile, text => {
          const plan = planHarden(text, {});
          expect(applyEdits(text, plan.edits)).toBe(plan.after);
          expect(planHarden(plan.after, {}).after).toBe(plan.after);
          expect(isSubsequence(comments(text), comments(plan.after))).toBe(true);
        }),
        { numRuns },
      );
    },
    TIMEOUT,
  );
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
