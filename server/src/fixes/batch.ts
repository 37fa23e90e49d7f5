import type { Dockerfile } from '../dockerfile/index.js';
import { lint } from '../engine/lint.js';
import type { Finding, Fix, LintOptions, LintResult } from '../engine/types.js';
import { RULES } from '../rules/index.js';
import type { FixSafety } from '../rules/rule.js';
import { conflict } from '../text/edits.js';
import type { Edit } from '../text/span.js';
import { verifyFix, verifyTogether } from './verify.js';

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

/** More rounds than any real file needs; a rule that feeds on its own fix must not hang an editor. */
const MAX_ROUNDS = 12;

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

/** The same with a step before each time the file is linted. */
export function* fixSteps(
  text: string,
  options: Partial<LintOptions>,
  level: 'safe' | 'review',
  accept: Accept = () => true,
  onRefusal: OnRefusal = () => {},
): Steps<BatchResult> {
  const rounds = roundsOf(text, level, accept, onRefusal);
  let round = rounds.next();
  while (!round.done) {
    yield;
    round = rounds.next(lint(round.value, options));
  }
  return round.value;
}

/** The same where linting takes its time, as with ShellCheck. */
export async function fixTextWith(
  text: string,
  lintText: (text: string) => Promise<LintResult>,
  level: 'safe' | 'review',
): Promise<BatchResult> {
  const rounds = roundsOf(
    text,
    level,
    () => true,
    () => {},
  );
  let step = rounds.next();
  while (!step.done) step = rounds.next(await lintText(step.value));
  return step.value;
}

/** Yields each text that it needs the findings of, and is told them. */
function* roundsOf(
  text: string,
  level: 'safe' | 'review',
  accept: Accept,
  onRefusal: OnRefusal,
): Generator<string, BatchResult, LintResult> {
  let current = text;
  const applied: Applied[] = [];
  const rounds: RoundEdit[][] = [];
  const seen = new Set([text]);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { dockerfile, findings } = yield current;
    let chosen: readonly Verified[] = [];
    for (const group of batchFixes(findings, level))
      if (chosen.length === 0) chosen = choose(dockerfile, group, accept, onRefusal);
    if (chosen.length === 0) break;
    const next = applyTogether(dockerfile, chosen, onRefusal);
    // A state that was there before would come back for ever.
    if (next === undefined || seen.has(next.text)) break;
    seen.add(next.text);
    rounds.push(next.chosen.flatMap(({ fix }, index) => fix.edits.map(edit => ({ edit, by: applied.length + index }))));
    applied.push(
      ...next.chosen.map(({ finding, fix }) => ({
        rule: finding.rule,
        title: fix.title,
        safety: fix.safety,
        span: finding.span,
        round,
      })),
    );
    current = next.text;
  }
  return { text: current, applied, rounds };
}

/** A choice that does alone what it declares, with the text it leads to. */
interface Verified extends Choice {
  readonly text: string;
}

function choose(dockerfile: Dockerfile, offered: readonly Choice[], accept: Accept, onRefusal: OnRefusal): Verified[] {
  const chosen: Verified[] = [];
  const taken: Edit[] = [];
  for (const { finding, fix } of offered) {
    if (!accept(finding, fix)) continue;
    // The same edits for two findings are one change.
    if (conflict(taken, fix.edits)) continue;
    const verdict = verifyFix(dockerfile, fix);
    if ('refusal' in verdict) {
      onRefusal(finding.rule, fix.title, verdict.refusal);
      continue;
    }
    chosen.push({ finding, fix, text: verdict.text });
    taken.push(...fix.edits);
  }
  return chosen;
}

/** Applies a set at once; when the whole does more than its parts declare, the longest prefix that does not. */
function applyTogether(
  dockerfile: Dockerfile,
  chosen: readonly Verified[],
  onRefusal: OnRefusal,
): { text: string; chosen: readonly Choice[] } | undefined {
  let set = chosen;
  while (set.length > 0) {
    const [only] = set;
    if (only && set.length === 1) return { text: only.text, chosen: set };
    const verdict = verifyTogether(
      dockerfile,
      set.map(({ fix }) => fix),
    );
    if ('text' in verdict) return { text: verdict.text, chosen: set };
    const last = set.at(-1);
    if (last) onRefusal(last.finding.rule, last.fix.title, `together with others: ${verdict.refusal}`);
    set = set.slice(0, Math.floor(set.length / 2));
  }
  return undefined;
}
