import {
  commentProblems,
  type Instruction,
  lineBefore,
  nothingToBuild,
  type Placed,
  type Problem,
  problemsOf,
} from '../dockerfile/index.js';
import { offsetsWhere } from '../facts/index.js';
import type { RuleSet } from '../profiles/rule-set.js';
import type { Finding, LintOptions } from '../profiles/types.js';
import type { FixEdit, FixEffect } from '../rules/rule.js';
import { moved, type Span } from '../text/span.js';
import { hasForeignFrontend } from './foreign-frontend.js';
import type { LintResult } from './result.js';
import { isSwallowedBefore } from './swallowed.js';

/** What a fix says of the keyword that it changes, or of the one after ONBUILD. */
function renames({ keyword, keywordSpan, trigger }: Instruction, { span, text }: FixEdit): Pick<FixEffect, 'renames'> {
  if (span.start === keywordSpan.start) return { renames: { [keyword]: text.toUpperCase() } };
  if (span.start === trigger?.keywordSpan.start) return { renames: { [trigger.keyword]: text.toUpperCase() } };
  return {};
}

const withProblems = (instructions: readonly Placed[]): readonly number[] =>
  offsetsWhere(instructions, placed => problemsOf(placed.instruction).length > 0 || commentProblems(placed).length > 0);

function placeOf({ span, named }: Problem, { start }: Placed, text: string): Span {
  const own = moved(span, start);
  return named ? lineBefore(text, own.start) : own;
}

/** What Docker refuses to read. */
export function syntaxFindings(
  set: RuleSet,
  { dockerfile, facts }: Pick<LintResult, 'dockerfile' | 'facts'>,
): Finding[] {
  const severity = set.syntaxSeverity;
  if (!severity) return [];
  const findings: Finding[] = dockerfile.problems.map(problem => ({
    rule: 'syntax-error',
    codes: ['DL1000'],
    severity,
    message: problem.message,
    span: problem.span,
    at: -1,
    fixes: [],
  }));
  const isForeign = set.reading !== 'hadolint' && hasForeignFrontend(dockerfile);
  let stray = -2;
  for (const placed of facts.select(withProblems)) {
    const problems = [...commentProblems(placed), ...problemsOf(placed.instruction)];
    for (const problem of problems) {
      if (problem.unknown && isForeign) continue;
      if (isSwallowedBefore(set, 'syntax-error', placed.instruction, problem.span.end)) continue;
      // The lines of a script without its RUN or its backslash are one mistake.
      const isStray = problem.unknown && problem.fix === undefined && problem.span.start === 0;
      const goesOn = stray === placed.index - 1;
      if (isStray) stray = placed.index;
      if (isStray && goesOn && set.reading !== 'hadolint') continue;
      findings.push({
        rule: 'syntax-error',
        codes: ['DL1000'],
        // In an ONBUILD it stops the builds of the images that are made from this one.
        severity: problem.inTrigger ? 'warning' : severity,
        message: problem.message,
        span: placeOf(problem, placed, dockerfile.text),
        at: placed.index,
        fixes: problem.fix
          ? [
              {
                title: problem.fix.title,
                safety: 'review',
                preferred: true,
                effect: {
                  arguments: true,
                  flags: true,
                  values: true,
                  commands: true,
                  ...renames(placed.instruction, problem.fix),
                },
                edits: [{ span: moved(problem.fix.span, placed.start), text: problem.fix.text }],
              },
            ]
          : [],
      });
    }
  }
  return findings;
}

/** hadolint says nothing about a file without FROM, so this has no code of hadolint; another frontend may take it. */
export function emptinessFindings(
  set: RuleSet,
  { dockerfile }: Pick<LintResult, 'dockerfile'>,
  { isDraft }: LintOptions,
): Finding[] {
  const severity = set.syntaxSeverity;
  if (!severity || isDraft || set.reading === 'hadolint' || hasForeignFrontend(dockerfile)) return [];
  const nothing = nothingToBuild(dockerfile);
  return nothing ? [{ rule: 'syntax-error', codes: [], severity, ...nothing, at: -1, fixes: [] }] : [];
}
