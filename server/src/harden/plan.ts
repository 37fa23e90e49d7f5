import { lint } from '../engine/lint.js';
import type { LintResult } from '../engine/result.js';
import type { FileFacts } from '../facts/index.js';
import { type Applied, type BatchResult, finish, fixSteps, type OnRefusal, type Steps } from '../fixes/index.js';
import type { Finding, LintOptions } from '../profiles/types.js';
import type { Practice } from '../rules/rule.js';
import { mayGetSecondStage } from '../second-stage/index.js';
import { notesOn } from './notes.js';
import { original, together, trace, tracedEdits } from './provenance.js';
import { refusalOf, userStaysBecause } from './refuse.js';
import { practiceOf, type Score, scoresOf } from './score.js';
import { joined, withSecondStage } from './second-stage.js';

/** Rules that Harden applies although the default profile does not report them. */
export const HARDEN_RULES: readonly string[] = ['missing-healthcheck'];

export interface HardenEdit {
  /** Offsets in the text before. */
  readonly span: { readonly start: number; readonly end: number };
  readonly text: string;
  readonly practice: Practice;
  /** Titles of the fixes in it, in the order they were applied. */
  readonly reasons: readonly string[];
  /** The same fixes, as indexes of all that were applied. */
  readonly fixes: readonly number[];
}

export interface HardenPlan {
  readonly after: string;
  readonly edits: readonly HardenEdit[];
  readonly applied: readonly Applied[];
  /** What a person has to decide, with the findings' own words. */
  readonly left: readonly Finding[];
  /** The practices that are not followed, before or after. */
  readonly scores: readonly Score[];
  /** What to look at before the image is shipped. */
  readonly notes: readonly string[];
  /** Why the user is left alone, where no finding says so. */
  readonly kept: string | undefined;
  /** Of a second stage: the change that can be asked for, or why there is none although it was asked for. */
  readonly secondStage: SecondStageAnswer | undefined;
  /** Why the file is left alone as a whole. */
  readonly refusal: string | undefined;
}

export type SecondStageAnswer = { readonly offer: string } | { readonly why: string };

/** What somebody asks for beyond what Harden does unasked. */
export interface HardenWishes {
  /** A second stage, for what the container needs: with all the rest, or alone. */
  readonly multiStage?: 'also' | 'only';
}

/** What Harden does to a text: all safe and review fixes to a fixed point, each change with its reason, and what is left. */
export const planHarden = (...args: Parameters<typeof hardenSteps>): HardenPlan => finish(hardenSteps(...args));

/** The same in steps, for whoever may have to stop. */
export function* hardenSteps(
  text: string,
  options: Partial<LintOptions>,
  onRefusal: OnRefusal = () => {},
  { multiStage }: HardenWishes = {},
): Steps<HardenPlan> {
  const withMore: Partial<LintOptions> = { ...options, select: [...(options.select ?? []), ...HARDEN_RULES] };
  const isOfHealth = ({ rule }: Finding): boolean => rule === 'missing-healthcheck';
  let isAsked: boolean | undefined;
  /** A health check where nothing listens is only what somebody asked for in the settings. */
  const relevant = ({ findings, facts }: LintResult): readonly Finding[] => {
    if (!findings.some(isOfHealth) || listens(facts)) return findings;
    isAsked ??= lint(text, options).findings.some(isOfHealth);
    return isAsked ? findings : findings.filter(finding => !isOfHealth(finding));
  };
  const result = lint(text, withMore);
  const before = relevant(result);
  const refusal = refusalOf(result);
  if (refusal !== undefined)
    return {
      after: text,
      edits: [],
      applied: [],
      left: before,
      scores: scoresOf(before, before),
      notes: [],
      kept: undefined,
      secondStage: undefined,
      refusal,
    };
  const staged = multiStage && withSecondStage(result, withMore);
  const first = staged && 'batch' in staged ? staged.batch : unchanged(text);
  yield;
  const rest =
    multiStage === 'only'
      ? unchanged(first.text)
      : yield* fixSteps(first.text, withMore, 'review', () => true, onRefusal);
  const batch = joined(first, rest);
  const { text: after, applied } = batch;
  yield;
  const edits = hardenEdits(text, batch);
  const hardened = after === text ? result : lint(after, withMore);
  const left = relevant(hardened);
  return {
    after,
    edits,
    applied,
    left,
    scores: scoresOf(before, left),
    notes: [...(staged && 'batch' in staged ? staged.notes : []), ...notesOn(applied, hardened.facts)],
    kept: userStaysBecause(result.facts),
    secondStage: staged ? ('why' in staged ? staged : undefined) : offered(hardened, withMore),
    refusal: undefined,
  };
}

const unchanged = (text: string): BatchResult => ({ text, applied: [], rounds: [] });

/** The second stage that could be asked for. */
function offered(result: LintResult, options: Partial<LintOptions>): SecondStageAnswer | undefined {
  const staged = mayGetSecondStage(result.facts) ? withSecondStage(result, options) : undefined;
  return staged && 'batch' in staged ? { offer: staged.title } : undefined;
}

/** What a batch has done to a text, as edits of it that each have their reasons. */
export function hardenEdits(text: string, { applied, rounds }: BatchResult): readonly HardenEdit[] {
  const traced = rounds.reduce(trace, original(text));
  return together(tracedEdits(traced, text), text).map(edit => {
    const fixes = edit.by.map(index => applied[index]).filter(fix => fix !== undefined);
    return {
      span: edit.span,
      text: edit.text,
      practice: practiceOf(fixes[0]?.rule ?? ''),
      reasons: [...new Set(fixes.map(fix => fix.title))],
      fixes: edit.by,
    };
  });
}

/** Whether the image offers a port: a program that runs once and ends has no health to check. */
function listens(facts: FileFacts): boolean {
  const { final } = facts;
  return final !== undefined && facts.lineage(final).some(({ instruction }) => instruction.keyword === 'EXPOSE');
}
