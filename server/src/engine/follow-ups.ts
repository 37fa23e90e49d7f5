import { type Dockerfile, parseDockerfile } from '../dockerfile/index.js';
import { deriveFacts } from '../facts/index.js';
import { SYNTAX_ERROR } from '../profiles/rule-names.js';
import type { Finding } from '../profiles/types.js';
import { applyEdits, sortEdits } from '../text/edits.js';
import type { Edit, Span } from '../text/span.js';
import type { Analysis } from './lint.js';
import { SWALLOWED } from './swallowed.js';

/** In a larger file, reading all of it again with each key would be felt. */
const MAX_INSTRUCTIONS = 2000;

/**
 * Leaves out what is only said because of a mistake that is reported itself: without its FROM, all of a stage is
 * misplaced; what a backslash swallows is missing. So the text is looked at once more with these mistakes corrected, and
 * what is not said then is left out.
 */
export function withoutFollowUps(
  { dockerfile, facts }: Analysis,
  findings: readonly Finding[],
  again: (corrected: Analysis) => readonly Finding[],
): readonly Finding[] {
  if (dockerfile.placements.parts.length > MAX_INSTRUCTIONS) return findings;
  const mistakes = mistakesIn(dockerfile, findings);
  if (mistakes.size === 0) return findings;
  const edits = sortEdits([...mistakes.values()].flat());
  const corrected = parseDockerfile(applyEdits(dockerfile.text, edits));
  const said = new Set(
    again({ dockerfile: corrected, facts: deriveFacts(corrected, facts.context) }).map(({ rule, span }) =>
      keyOf(rule, span),
    ),
  );
  return findings.filter(finding => {
    if (mistakes.has(finding)) return true;
    return said.has(keyOf(finding.rule, movedBy(finding.span, edits)));
  });
}

/** Of the mistakes that stop a build, those of which it is clear what was meant, with the edits that correct them. */
function mistakesIn(dockerfile: Dockerfile, findings: readonly Finding[]): ReadonlyMap<Finding, readonly Edit[]> {
  const mistakes = new Map<Finding, readonly Edit[]>();
  let end = -1;
  const errors = findings.filter(({ rule, severity }) => severity === 'error' && MISTAKES.has(rule));
  for (const finding of errors.sort((a, b) => a.span.start - b.span.start)) {
    const edits = correcting(dockerfile, finding);
    // What another edit corrects already is what follows from it.
    if (edits.length === 0 || edits.some(({ span }) => span.start <= end)) continue;
    end = Math.max(...edits.map(({ span }) => span.end));
    mistakes.set(finding, edits);
  }
  return mistakes;
}

const MISTAKES: ReadonlySet<string> = new Set([SYNTAX_ERROR.id, SWALLOWED]);

function correcting(dockerfile: Dockerfile, { rule, fixes, at }: Finding): readonly Edit[] {
  const [fix] = fixes;
  if (fix) return fix.edits;
  return rule === SYNTAX_ERROR.id ? missingImage(dockerfile, at) : [];
}

/** A FROM without an image begins a stage all the same. */
function missingImage({ placements }: Dockerfile, at: number): readonly Edit[] {
  const placed = at >= 0 ? placements.at(at) : undefined;
  if (placed?.instruction.keyword !== 'FROM' || placed.instruction.words.length > 0) return [];
  const end = placed.start + placed.length;
  return [{ span: { start: end, end }, text: ' scratch' }];
}

const keyOf = (rule: string, { start }: Span): string => `${rule} ${start}`;

/** Where a span is after edits that are before it or do not touch it. */
function movedBy({ start, end }: Span, edits: readonly Edit[]): Span {
  let by = 0;
  for (const { span, text } of edits) if (span.end <= start) by += text.length - (span.end - span.start);
  return { start: start + by, end: end + by };
}
