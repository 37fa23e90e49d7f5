import { SYNTAX_ERROR } from '../profiles/rule-names.js';
import { ruleOf } from '../profiles/rule-of.js';
import { type RuleSet, readingOf, ruleSet } from '../profiles/rule-set.js';
import type { Finding, LintOptions } from '../profiles/types.js';
import { isBuildkitCode, isExperimentalCode } from '../standards/buildkit.js';
import type { Directives, Source } from './directives.js';
import { readDirectives } from './read.js';
import { type Rerun, uselessIgnores } from './useless.js';

/** The options of a run: experimental checks that the file's own comments ask for are turned on. */
export function withExperimental(source: Source, options: LintOptions): LintOptions {
  const reading = readingOf(options.profile);
  if (reading === 'hadolint') return options;
  const { experimental } = readDirectives(source, reading, options.disableIgnorePragma);
  return experimental.length === 0 ? options : { ...options, select: [...options.select, ...experimental] };
}

/** Obeys the comments of a file: leaves out what they silence, and adds what is to be said about the comments themselves. */
export function applyDirectives(
  source: Source,
  findings: readonly Finding[],
  set: RuleSet,
  options: LintOptions,
  rerun: Rerun,
): readonly Finding[] {
  const directives = readDirectives(source, set.reading, options.disableIgnorePragma);
  const used = new Set<object>();
  const kept = findings.filter(finding => {
    if (isUnasked(finding, directives, options)) return false;
    const matching = directives.matching(finding);
    for (const ignore of matching) used.add(ignore.name);
    return matching.length === 0;
  });
  const problems = checkProblems(directives, set);
  const hints = uselessIgnores(source, directives, used, set, options, rerun).filter(
    hint => directives.matching(hint).length === 0,
  );
  const failing = directives.check?.error === true && set.reading !== 'hadolint' ? kept.map(failed) : kept;
  return [...failing, ...problems, ...hints];
}

/** The findings that no comment of the file silences; for findings that come later than the others. */
export function withoutIgnored(source: Source, findings: readonly Finding[], options: LintOptions): readonly Finding[] {
  const directives = readDirectives(source, readingOf(options.profile), options.disableIgnorePragma);
  return findings.filter(finding => directives.matching(finding).length === 0);
}

// An experimental check that only a comment above another instruction asks for.
function isUnasked(finding: Finding, directives: Directives, options: LintOptions): boolean {
  const code = finding.codes.find(isExperimentalCode);
  if (code === undefined || directives.isExperimentalAt(code, finding.at)) return false;
  return (
    ruleSet(options).severityOf({ ...ruleOf(finding), profile: 'all' }, finding.codes, finding.severity) === undefined
  );
}

// `error=true`: the build fails on every check that is not passed.
function failed(finding: Finding): Finding {
  return finding.codes.some(isBuildkitCode) ? { ...finding, fixes: finding.fixes, severity: 'error' } : finding;
}

function checkProblems(directives: Directives, set: RuleSet): Finding[] {
  const { checkProblem } = directives;
  if (!checkProblem || !set.syntaxSeverity) return [];
  return [
    {
      rule: SYNTAX_ERROR.id,
      codes: SYNTAX_ERROR.codes,
      severity: set.syntaxSeverity,
      message: checkProblem.message,
      span: checkProblem.span,
      at: -1,
      fixes: [],
    },
  ];
}
