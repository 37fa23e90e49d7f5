import { lint } from '../engine/lint.js';
import type { LintResult } from '../engine/result.js';
import type { Finding, Fix, LintOptions } from '../profiles/types.js';
import { RULES } from '../rules/index.js';
import type { FixSafety } from '../rules/rule.js';
import { ApartEdits } from '../text/edits.js';
import type { Edit } from '../text/span.js';
import { type Fixable, fixable } from './fixable.js';
import { advances, type Progress, startProgress } from './progress.js';

export interface Applied {
  readonly rule: string;
  readonly title: string;
  readonly safety: FixSafety;
  /** Where the finding stood in the text of its round. */
  readonly span: { readonly start: number; readonly end: number };
  readonly round: number;
}

/** An edit of one round, with the index of the applied fix that made it. */
export interface RoundEdit {
  readonly edit: Edit;
  readonly by: number;
}

export interface BatchResult {
  readonly text: string;
  readonly applied: readonly Applied[];
  /** What each round changed, in offsets of the text before that round. */
  readonly rounds: readonly (readonly RoundEdit[])[];
}

export type OnRefusal = (rule: string, title: string, reason: string) => void;

const allowed = (level: 'safe' | 'review', safety: FixSafety): boolean =>
  safety === 'safe' || (safety === 'review' && level === 'review');

/** The fix that a batch applies for a finding: its preferred one, when the level allows it. */
export function batchFix(finding: Finding, level: 'safe' | 'review'): Fix | undefined {
  return finding.fixes.find(fix => fix.preferred && fix.edits.length > 0 && allowed(level, fix.safety));
}

type Accept = (finding: Finding, fix: Fix) => boolean;

/** A finding with the fix that is taken for it. */
export interface Choice {
  readonly finding: Finding;
  readonly fix: Fix;
}

const FIRST = new Set(RULES.filter(rule => rule.first).map(rule => rule.id));

/**
 * What a batch may apply, in any order within a group; the second group waits until nothing of the first is left: what is
 * to be improved in a file can only be told once Docker reads it as it is meant.
 */
export function batchFixes(findings: readonly Finding[], level: 'safe' | 'review'): readonly (readonly Choice[])[] {
  const all = findings.flatMap(finding => {
    const fix = batchFix(finding, level);
    return fix ? [{ finding, fix }] : [];
  });
  const isFirst = ({ finding }: Choice): boolean => FIRST.has(finding.rule);
  return [all.filter(isFirst), all.filter(choice => !isFirst(choice))];
}

/** Work that can be left after each of its steps: what it comes to is its last value. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Does all steps at once. */
export function finish<T>(steps: Steps<T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/**
 * Applies fixes round by round until nothing is left to do: in each round those that do not touch one another, each
 * verified alone and all of them again together, then the file is linted anew.
 */
export const fixText = (...args: Parameters<typeof fixSteps>): BatchResult => finish(fixSteps(...args));

/**
 * The same in steps: one before each time the file is linted, and some while its fixes are verified. `known`: what is found in
 * the text, where that is known already.
 */
export function* fixSteps(
  text: string,
  options: Partial<LintOptions>,
  level: 'safe' | 'review',
  accept: Accept = () => true,
  onRefusal: OnRefusal = () => {},
  known?: LintResult,
): Steps<BatchResult> {
  const lintText = (now: string): Fixable => fixable(lint(now, options));
  return yield* fixStepsBy(text, lintText, level, accept, onRefusal, known && fixable(known));
}

/** The same for files of any kind, by what lints them. */
export function* fixStepsBy(
  text: string,
  lintText: (text: string) => Fixable,
  level: 'safe' | 'review',
  accept: Accept,
  onRefusal: OnRefusal,
  known?: Fixable,
): Steps<BatchResult> {
  const batch = startBatch(text);
  let result = known ?? lintText(text);
  while (yield* applyRound(batch, result, level, accept, onRefusal)) {
    yield;
    result = lintText(batch.text);
  }
  return batch;
}

/** The same where linting takes its time, as with ShellCheck. */
export async function fixTextWith(
  text: string,
  lintText: (text: string) => Promise<Fixable>,
  level: 'safe' | 'review',
): Promise<BatchResult> {
  const batch = startBatch(text);
  const round = (result: Fixable): boolean =>
    finish(
      applyRound(
        batch,
        result,
        level,
        () => true,
        () => {},
      ),
    );
  while (round(await lintText(batch.text)));
  return batch;
}

/** What a batch has done so far. */
interface Batch {
  text: string;
  readonly applied: Applied[];
  readonly rounds: RoundEdit[][];
  /** The texts it went through. */
  readonly seen: Set<string>;
  readonly progress: Progress;
}

const startBatch = (text: string): Batch => ({
  text,
  applied: [],
  rounds: [],
  seen: new Set([text]),
  progress: startProgress(),
});

/** Applies what a text's findings offer; false when there is nothing to do. */
function* applyRound(
  batch: Batch,
  file: Fixable,
  level: 'safe' | 'review',
  accept: Accept,
  onRefusal: OnRefusal,
): Steps<boolean> {
  const { findings } = file;
  const groups = batchFixes(findings, level).map(group => group.filter(({ finding, fix }) => accept(finding, fix)));
  if (!advances(batch.progress, [groups[0]?.length ?? 0, findings.length])) return false;
  let chosen: readonly Choice[] = [];
  for (const group of groups) if (chosen.length === 0) chosen = yield* choose(file, group, onRefusal);
  const together = applicable(file, chosen);
  // A state that was there before would come back for ever.
  if (!together || batch.seen.has(together.text)) return false;
  const { rounds, applied, seen } = batch;
  const round = rounds.length;
  rounds.push(
    together.choices.flatMap(({ fix }, index) => fix.edits.map(edit => ({ edit, by: applied.length + index }))),
  );
  for (const { finding, fix } of together.choices)
    applied.push({ rule: finding.rule, title: fix.title, safety: fix.safety, span: finding.span, round });
  seen.add(together.text);
  batch.text = together.text;
  return true;
}

/** Fixes verified between two steps. */
const PER_STEP = 100;

/** Those that do not touch one another and do alone what they declare. */
function* choose(file: Fixable, offered: readonly Choice[], onRefusal: OnRefusal): Steps<readonly Choice[]> {
  const chosen: Choice[] = [];
  const taken = new ApartEdits();
  for (const [index, choice] of offered.entries()) {
    if (index % PER_STEP === PER_STEP - 1) yield;
    const { finding, fix } = choice;
    // The same edits for two findings are one change.
    if (taken.touch(fix.edits)) continue;
    const refusal = file.refusalOf(fix);
    if (refusal !== undefined) {
      onRefusal(finding.rule, fix.title, refusal);
      continue;
    }
    chosen.push(choice);
    taken.add(fix.edits);
  }
  return chosen;
}

interface Together {
  readonly text: string;
  readonly choices: readonly Choice[];
}

/**
 * A set applied at once. When the whole does more than its parts declare, it is put together from its halves; what does
 * not go with what is before it waits for another round.
 */
function applicable(file: Fixable, choices: readonly Choice[]): Together | undefined {
  if (choices.length === 0) return undefined;
  const verdict = file.verify(choices.map(({ fix }) => fix));
  if ('text' in verdict) return { text: verdict.text, choices };
  if (choices.length === 1) return undefined;
  const middle = Math.ceil(choices.length / 2);
  const first = applicable(file, choices.slice(0, middle));
  const second = applicable(file, choices.slice(middle));
  if (!first || !second) return first ?? second;
  const both = [...first.choices, ...second.choices];
  // Both were applied in full: that is what has been tried.
  return both.length === choices.length ? first : (applicable(file, both) ?? first);
}
