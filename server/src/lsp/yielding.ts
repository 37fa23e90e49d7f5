import { OTHER_EXTENSIONS } from '../../../shared/src/other-extensions.js';
import { KEYWORDS } from '../dockerfile/index.js';
import { type AnyResult, isOfCompose } from '../engine/lint-compose.js';
import type { LintResult } from '../engine/result.js';
import { SYNTAX_ERROR } from '../profiles/rule-names.js';
import type { Finding } from '../profiles/types.js';

const KNOWN = new Set<string>(KEYWORDS);

/** Leaves out what is shown already by the other extensions that are installed. Fixes know it nevertheless. */
export function withoutYielded(result: AnyResult, installed: readonly string[]): AnyResult {
  if (isOfCompose(result)) return result;
  const others = OTHER_EXTENSIONS.filter(({ id }) => installed.some(one => id.test(one.toLowerCase())));
  if (others.length === 0) return result;
  const isShown = (finding: Finding): boolean =>
    finding.rule === SYNTAX_ERROR.id
      ? others.some(other => other.unknownKeywords) && isUnknownKeyword(finding, result)
      : others.some(other => finding.codes.some(code => other.codes.test(code)));
  return { ...result, findings: result.findings.filter(finding => !isShown(finding)) };
}

function isUnknownKeyword({ at, span }: Finding, { dockerfile }: LintResult): boolean {
  const placed = at >= 0 ? dockerfile.placements.at(at) : undefined;
  return placed !== undefined && span.start === placed.start && !KNOWN.has(placed.instruction.keyword);
}
