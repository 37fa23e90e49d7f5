import { type Placed, swallowedIn } from '../dockerfile/index.js';
import { mergedTogether, mergeRuns } from '../edits/merge-runs.js';
import type { LintResult } from '../engine/result.js';
import type { Fix } from '../profiles/types.js';
import type { RuleFix } from '../rules/rule.js';
import { lineEnding } from '../text/line-ending.js';
import { moved, type Span } from '../text/span.js';
import { fromHeredoc, toHeredoc } from './heredoc.js';
import { splitRun } from './split-run.js';

/** Rewrites that a person may ask for anywhere, whether or not a rule complains. */
export interface Refactoring extends Fix {
  /** Merging RUNs is a kind of its own, so that a key or the command can ask for it alone. */
  readonly merges: boolean;
}

export function refactorings(result: LintResult, span: Span): Refactoring[] {
  return rewrites(result, span).map(fix => ({ ...fix, merges: fix.title.startsWith('Merge') }));
}

function rewrites(result: LintResult, span: Span): Fix[] {
  const { dockerfile, template } = result;
  // In a template, what is next to an instruction or within it may be something else.
  if (template) return [];
  const selected = dockerfile.instructions.filter(
    placed => isRun(placed) && placed.start <= span.end && span.start <= placed.start + placed.length,
  );
  if (selected.length > 1) return absolute(result, mergeAll(result, selected));
  const [only] = selected;
  if (!only) return [];
  const next = dockerfile.instructions[only.index + 1];
  const previous = dockerfile.instructions[only.index - 1];
  const below = next && isRun(next) ? mergeRuns(result.facts, only, next) : undefined;
  const above = previous && isRun(previous) ? mergeRuns(result.facts, previous, only) : undefined;
  return [
    ...absolute(result, above ? { ...above, title: 'Merge this RUN with the one above' } : undefined, only),
    ...absolute(result, below ? { ...below, title: 'Merge this RUN with the one below' } : undefined, only),
    ...absolute(result, splitRun(result, only), only),
    ...absolute(result, toHeredoc(result, only), only),
    ...absolute(result, fromHeredoc(result, only), only),
  ];
}

/** A RUN that has not swallowed another instruction, which a rewrite would hide. */
const isRun = ({ instruction }: Placed): boolean =>
  instruction.keyword === 'RUN' && swallowedIn(instruction).length === 0;

/** Merges all selected RUNs that can be; undefined when no two can. */
export function mergeAll({ facts }: LintResult, runs: readonly Placed[]): RuleFix | undefined {
  const pairs: (readonly [Placed, Placed])[] = [];
  for (let index = 1; index < runs.length; index++) {
    const [first, second] = [runs[index - 1], runs[index]];
    // Braces around a part that is itself merged would have to nest; one step at a time keeps the text readable.
    if (first && second && mergeRuns(facts, first, second)?.safety === 'safe') pairs.push([first, second]);
  }
  if (pairs.length === 0) return undefined;
  const merged = mergedTogether(facts, pairs);
  return { ...merged, ...(pairs.length === 1 ? { title: 'Merge these RUNs' } : {}), safety: 'safe' };
}

function absolute(result: LintResult, fix: RuleFix | undefined, at?: Placed): Fix[] {
  if (!fix) return [];
  const eol = lineEnding(result.dockerfile.text);
  return [
    {
      title: fix.title,
      safety: fix.safety,
      preferred: false,
      effect: fix.effect ?? {},
      edits: fix.edits.map(edit => ({
        span: moved(edit.span, (edit.at ?? at)?.start ?? 0),
        text: eol === '\n' ? edit.text : edit.text.replace(/\r?\n/g, eol),
      })),
    },
  ];
}
