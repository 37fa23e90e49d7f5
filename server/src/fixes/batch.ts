import type { Dockerfile } from '../dockerfile/index.js';
import { lint } from '../engine/lint.js';
import type { Finding, Fix, LintOptions, LintResult } from '../engine/types.js';
import type { FixSafety } from '../rules/rule.js';
import { conflict } from '../text/edits.js';
import type { Edit } from '../text/span.js';
import { verifyEdits, verifyFix } from './verify.js';

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

/**
 * Applies fixes round by round until nothing is left to do: in each round those that do not touch one another, each
 * verified alone and all of them again together, then the file is linted anew.
 */
export function fixText(
  text: string,
  options: Partial<LintOptions>,
  level: 'safe' | 'review',
  accept: Accept = () => true,
  onRefusal: OnRefusal = () => {},
): BatchResult {
  const rounds = roundsOf(text, level, accept, onRefusal);
  let step = rounds.next();
  while (!step.done) step = rounds.next(lint(step.value, options));
  return step.value;
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
    const chosen = choose(dockerfile, findings, level, accept, onRefusal);
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

interface Choice {
  readonly finding: Finding;
  readonly fix: Fix;
}

function choose(
  dockerfile: Dockerfile,
  findings: readonly Finding[],
  level: 'safe' | 'review',
  accept: Accept,
  onRefusal: OnRefusal,
): Choice[] {
  const chosen: Choice[] = [];
  const taken: Edit[] = [];
  for (const finding of findings) {
    const fix = batchFix(finding, level);
    if (!fix || !accept(finding, fix)) continue;
    // The same edits for two findings are one change.
    if (conflict(taken, fix.edits)) continue;
    const verdict = verifyFix(dockerfile, fix);
    if ('refusal' in verdict) {
      onRefusal(finding.rule, fix.title, verdict.refusal);
      continue;
    }
    chosen.push({ finding, fix });
    taken.push(...fix.edits);
  }
  return chosen;
}

/** Applies a set at once; when the whole does more than its parts declare, the longest prefix that does not. */
function applyTogether(
  dockerfile: Dockerfile,
  chosen: readonly Choice[],
  onRefusal: OnRefusal,
): { text: string; chosen: readonly Choice[] } | undefined {
  let set = chosen;
  while (set.length > 0) {
    const edits = set.flatMap(({ fix }) => fix.edits);
    const effect = combined(set.map(({ fix }) => fix));
    const verdict = verifyEdits(dockerfile, edits, effect);
    if ('text' in verdict) return { text: verdict.text, chosen: set };
    const last = set.at(-1);
    if (last) onRefusal(last.finding.rule, last.fix.title, `together with others: ${verdict.refusal}`);
    set = set.slice(0, Math.floor(set.length / 2));
  }
  return undefined;
}

function combined(fixes: readonly Fix[]): Fix['effect'] {
  const any = (key: 'flags' | 'values' | 'commands' | 'arguments' | 'layout'): boolean =>
    fixes.some(fix => fix.effect[key] === true);
  const comments = fixes.some(fix => fix.effect.comments === 'remove')
    ? 'remove'
    : fixes.some(fix => fix.effect.comments === 'add')
      ? 'add'
      : undefined;
  return {
    inserts: fixes.flatMap(fix => fix.effect.inserts ?? []),
    removes: fixes.flatMap(fix => fix.effect.removes ?? []),
    renames: Object.assign({}, ...fixes.map(fix => fix.effect.renames ?? {})),
    flags: any('flags'),
    values: any('values'),
    commands: any('commands'),
    arguments: any('arguments'),
    layout: any('layout'),
    ...(comments ? { comments } : {}),
  };
}
