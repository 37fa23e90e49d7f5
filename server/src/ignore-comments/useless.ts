import { canonicalName, isKnownName, isShellcheckCode, rulesNamed, suggestName } from '../profiles/rule-names.js';
import type { RuleSet } from '../profiles/rule-set.js';
import type { Finding, Fix, LintOptions } from '../profiles/types.js';
import { RULES } from '../rules/index.js';
import { isBuildkitCode } from '../standards/buildkit.js';
import type { Span } from '../text/span.js';
import type { Directives, Ignore, Source } from './directives.js';
import { readDirectives } from './read.js';

/** What another profile would report for the same file, before any comment is obeyed. */
export type Rerun = (profile: 'hadolint' | 'buildkit') => readonly Finding[];

const RULE_ID = 'useless-ignore';

/**
 * Hints about ignore comments that silence nothing or name nothing that exists. Silent about whatever cannot be known:
 * ShellCheck's codes (its findings come later), rules that are off, Trivy's comments, and comments for hadolint and
 * BuildKit that do silence something there.
 */
export function uselessIgnores(
  source: Source,
  directives: Directives,
  used: ReadonlySet<object>,
  set: RuleSet,
  options: LintOptions,
  rerun: Rerun,
): Finding[] {
  if (directives.all.length === 0 && directives.misspelt.length === 0) return [];
  const rule = RULES.find(one => one.id === RULE_ID);
  const severity = rule && set.severityOf(rule, rule.codes, rule.severity);
  if (!rule || !severity) return [];
  const elsewhere = new Map<string, ReadonlySet<number>>();
  const usedElsewhere = (profile: 'hadolint' | 'buildkit', ignore: Ignore): boolean => {
    const places = elsewhere.get(profile) ?? placesUsed(source, profile, rerun(profile));
    elsewhere.set(profile, places);
    return places.has(ignore.name.span.start);
  };
  const report = (span: Span, at: number, message: string, fixes: readonly Fix[]): Finding => ({
    rule: rule.id,
    codes: rule.codes,
    severity,
    message,
    span,
    at,
    fixes,
  });
  const findings = directives.misspelt.map(({ span, at }) =>
    report(
      span,
      at,
      'This ignore comment has no effect. Write “# dockwright ignore=RULE -- reason”, or file-ignore= or stage-ignore=.',
      [],
    ),
  );
  for (const ignore of directives.all) {
    const { name, tool } = ignore;
    if (
      used.has(name) ||
      tool === 'trivy' ||
      tool === 'shellcheck' ||
      tool === 'dockerfile-utils' ||
      tool === 'checkov' ||
      tool === 'kics' ||
      tool === 'tally' ||
      isShellcheckCode(name.text) ||
      name.key === 'shellcheck' ||
      name.key === RULE_ID
    )
      continue;
    if (tool === 'check' ? !isBuildkitCode(name.text) : !isKnownName(name.text) && !isBuildkitCode(name.text)) {
      const meant = suggestName(name.text);
      const hint = meant ? `; did you mean ${meant}?` : ', so this has no effect.';
      findings.push(
        report(name.span, ignore.at, `Unknown rule “${name.text}”${hint}`, [
          ...(meant ? [replace(name.span, meant)] : []),
          ...removal(source, ignore),
        ]),
      );
      continue;
    }
    if (!isOn(name.text, set)) continue;
    if (rulesNamed(name.text).some(one => one.heedsComments) && !isForFile(source, ignore)) continue;
    if (tool === 'hadolint' && usedElsewhere('hadolint', ignore)) continue;
    if (tool === 'check' && usedElsewhere('buildkit', ignore)) continue;
    findings.push(
      report(
        name.span,
        ignore.at,
        `Nothing here is reported as ${name.text}. Remove it from this comment.`,
        removal(source, ignore),
      ),
    );
  }
  return options.disableIgnorePragma ? [] : findings;
}

const isForFile = ({ dockerfile }: Source, { comment }: Ignore): boolean =>
  /^#\s*(?:dockwright\s+file-|hadolint\s+global\s)/.test(dockerfile.text.slice(comment.start, comment.end));

/** Whether the profile reports what a name stands for. */
function isOn(name: string, set: RuleSet): boolean {
  const key = canonicalName(name);
  return rulesNamed(name).some(rule => {
    const codes = rule.codes.filter(code => canonicalName(code) === key);
    return set.severityOf(rule, codes.length > 0 ? codes : rule.codes, rule.severity) !== undefined;
  });
}

/** Where the names are that silence something under another profile. */
function placesUsed(
  source: Source,
  profile: 'hadolint' | 'buildkit',
  findings: readonly Finding[],
): ReadonlySet<number> {
  const directives = readDirectives(source, profile, false);
  return new Set(findings.flatMap(finding => directives.matching(finding).map(ignore => ignore.name.span.start)));
}

// Which comment goes is for a person to say: it may be there for another tool, or for a finding to come.
function replace(span: Span, text: string): Fix {
  return {
    title: `Change to ${text}`,
    safety: 'manual',
    preferred: true,
    effect: { comments: 'remove', layout: true },
    edits: [{ span, text }],
  };
}

function removal({ dockerfile }: Source, ignore: Ignore): Fix[] {
  const { text } = dockerfile;
  const index = ignore.among.indexOf(ignore.name);
  const before = ignore.among[index - 1];
  const after = ignore.among[index + 1];
  // `skip=` without a name would be another thing than no comment at all, and may have options beside it.
  if (ignore.tool === 'check' && !before && !after) return [];
  const span = after
    ? { start: ignore.name.span.start, end: after.span.start }
    : before
      ? { start: before.span.end, end: ignore.name.span.end }
      : wholeLine(text, ignore.comment);
  return [
    {
      title: before || after ? `Remove ${ignore.name.text} from the comment` : 'Remove the comment',
      safety: 'manual',
      preferred: false,
      effect: { comments: 'remove', layout: true },
      edits: [{ span, text: '' }],
    },
  ];
}

function wholeLine(text: string, comment: Span): Span {
  // A byte order mark stays.
  const first = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const start = comment.start === 0 ? 0 : Math.max(first, text.lastIndexOf('\n', comment.start - 1) + 1);
  const newline = text.indexOf('\n', comment.end);
  return { start, end: newline < 0 ? text.length : newline + 1 };
}
