import { lint } from '../engine/lint.js';
import type { Finding, LintOptions } from '../engine/types.js';
import { type Applied, fixText, type OnRefusal } from '../fixes/index.js';
import { RULES } from '../rules/index.js';
import type { Practice, Rule } from '../rules/rule.js';
import { original, together, trace, tracedEdits } from './provenance.js';
import { refusalOf } from './refuse.js';

/** Rules that Harden applies although the default profile does not report them. */
export const HARDEN_RULES: readonly string[] = ['missing-healthcheck'];

export interface HardenEdit {
  /** Offsets in the text before. */
  readonly span: { readonly start: number; readonly end: number };
  readonly text: string;
  readonly practice: Practice;
  /** Titles of the fixes in it, in the order they were applied. */
  readonly reasons: readonly string[];
  readonly rules: readonly string[];
}

export interface Score {
  readonly practice: Practice;
  /** Open findings. */
  readonly before: number;
  readonly after: number;
}

export interface HardenPlan {
  readonly after: string;
  readonly edits: readonly HardenEdit[];
  readonly applied: readonly Applied[];
  /** What a person has to decide, with the findings' own words. */
  readonly left: readonly Finding[];
  readonly scores: readonly Score[];
  /** Why the file is left alone as a whole. */
  readonly refusal: string | undefined;
}

const byId = new Map<string, Rule>(RULES.map(rule => [rule.id, rule]));

const practiceOf = (rule: string): Practice => byId.get(rule)?.practice ?? 'clarity';

function scores(before: readonly Finding[], after: readonly Finding[]): Score[] {
  const practices = [...new Set([...before, ...after].map(finding => practiceOf(finding.rule)))];
  const count = (findings: readonly Finding[], practice: Practice): number =>
    findings.filter(finding => practiceOf(finding.rule) === practice).length;
  return practices.map(practice => ({ practice, before: count(before, practice), after: count(after, practice) }));
}

/** What Harden does to a text: all safe and review fixes to a fixed point, each change with its reason, and what is left. */
export function planHarden(text: string, options: Partial<LintOptions>, onRefusal: OnRefusal = () => {}): HardenPlan {
  const withMore: Partial<LintOptions> = { ...options, select: [...(options.select ?? []), ...HARDEN_RULES] };
  const before = lint(text, withMore);
  const refusal = refusalOf(before);
  if (refusal !== undefined)
    return {
      after: text,
      edits: [],
      applied: [],
      left: before.findings,
      scores: scores(before.findings, before.findings),
      refusal,
    };
  const { text: after, applied, rounds } = fixText(text, withMore, 'review', () => true, onRefusal);
  const traced = rounds.reduce(trace, original(text));
  const edits = together(tracedEdits(traced, text), text).map(edit => {
    const fixes = edit.by.map(index => applied[index]).filter(fix => fix !== undefined);
    return {
      span: edit.span,
      text: edit.text,
      practice: practiceOf(fixes[0]?.rule ?? ''),
      reasons: [...new Set(fixes.map(fix => fix.title))],
      rules: [...new Set(fixes.map(fix => fix.rule))],
    };
  });
  const left = after === text ? before.findings : lint(after, withMore).findings;
  return { after, edits, applied, left, scores: scores(before.findings, left), refusal: undefined };
}
