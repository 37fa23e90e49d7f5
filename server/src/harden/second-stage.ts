import type { RuleFix } from '../edits/fix.js';
import { lint } from '../engine/lint.js';
import type { LintResult } from '../engine/result.js';
import { type BatchResult, verifyFix } from '../fixes/index.js';
import type { Finding, Fix, LintOptions } from '../profiles/types.js';
import { secondStage } from '../second-stage/index.js';
import { lineEnding } from '../text/line-ending.js';
import { listed } from '../text/listed.js';
import { moved } from '../text/span.js';

const RULE = 'build-tools-in-final-image';

/** A second stage put into a text, or why there is none. */
export type WithSecondStage =
  | { readonly batch: BatchResult; readonly title: string; readonly notes: readonly string[] }
  | { readonly why: string };

/** Parts the only stage of a file in two, where everything that the second one needs is known. */
export function withSecondStage(
  { dockerfile, facts, findings }: LintResult,
  options: Partial<LintOptions>,
): WithSecondStage {
  if (options.isForWork) return { why: 'the file’s name says that its image is to work in' };
  const planned = secondStage(facts);
  if ('why' in planned) return planned;
  const { final } = facts;
  const fix = absolute(planned.fix, dockerfile.text);
  const verified = verifyFix(dockerfile, fix);
  if ('refusal' in verified) return { why: verified.refusal };
  const worse = newIn(findings, lint(verified.text, options).findings);
  if (worse) return { why: `it would bring another problem: ${worse.message.replace(/\.$/, '')}` };
  const start = final?.from.start ?? 0;
  const span = { start, end: start + (final?.from.length ?? 0) };
  return {
    batch: {
      text: verified.text,
      applied: [{ rule: RULE, title: fix.title, safety: fix.safety, span, round: 0 }],
      rounds: [fix.edits.map(edit => ({ edit, by: 0 }))],
    },
    title: fix.title,
    notes: [
      `The second stage has what the build made${planned.kept.length === 0 ? ' and nothing else' : `, and ${listed(planned.kept)}, which the program may read`}. If it reads other files, or starts other programs, copy and install them there.`,
    ],
  };
}

/** One batch after the other. */
export const joined = (first: BatchResult, second: BatchResult): BatchResult => ({
  text: second.text,
  applied: [...first.applied, ...second.applied.map(fix => ({ ...fix, round: fix.round + first.rounds.length }))],
  rounds: [
    ...first.rounds,
    ...second.rounds.map(round => round.map(({ edit, by }) => ({ edit, by: by + first.applied.length }))),
  ],
});

/** A problem above a hint that was not there before; of a version without support the second image tells nothing new. */
function newIn(before: readonly Finding[], after: readonly Finding[]): Finding | undefined {
  const count = (findings: readonly Finding[], rule: string): number =>
    findings.filter(finding => finding.rule === rule).length;
  return after.find(({ rule, severity }) => {
    const was = count(before, rule);
    return severity !== 'hint' && count(after, rule) > was && !(rule === 'end-of-life-image' && was > 0);
  });
}

function absolute({ title, safety, edits, effect = {} }: RuleFix, text: string): Fix {
  const eol = lineEnding(text);
  return {
    title,
    safety,
    effect,
    preferred: true,
    edits: edits.map(({ span, text: inserted, at }) => ({
      span: moved(span, at?.start ?? 0),
      text: eol === '\n' ? inserted : inserted.replace(/\r?\n/g, eol),
    })),
  };
}
