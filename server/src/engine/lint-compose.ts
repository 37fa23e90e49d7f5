import { type Project, type ProjectFiles, readProject, type Service } from '../compose/index.js';
import type { ComposeReport, ComposeRule } from '../compose/rule.js';
import { COMPOSE_RULES } from '../compose/rules/index.js';
import { entryOf, type Place } from '../compose/value.js';
import { type ComposeIgnores, ignoring, readComposeIgnores } from '../ignore-comments/compose.js';
import { uselessComposeIgnores } from '../ignore-comments/useless-compose.js';
import { addressesOf } from '../profiles/rule-names.js';
import { type RuleSet, ruleSet } from '../profiles/rule-set.js';
import { DEFAULT_OPTIONS, type Finding, type Fix, type LintOptions } from '../profiles/types.js';
import type { RuleFix } from '../rules/rule.js';
import { lineEnding } from '../text/line-ending.js';
import type { Span } from '../text/span.js';
import type { OnRuleError } from './lint.js';
import { ReportedFinding } from './reported-finding.js';

import type { LintResult } from './result.js';

/** What is found in a Compose file. */
export interface ComposeResult {
  readonly project: Project;
  /** Sorted by place. */
  readonly findings: readonly Finding[];
}

/** What is found in a file of either kind. */
export type AnyResult = LintResult | ComposeResult;

export const isOfCompose = (result: AnyResult): result is ComposeResult => 'project' in result;

/** Lints a Compose file. Never throws on any text. */
export function lintCompose(
  text: string,
  path: string,
  beside: ProjectFiles,
  options: Partial<LintOptions> = {},
  onError: OnRuleError = () => {},
): ComposeResult {
  const all: LintOptions = { ...DEFAULT_OPTIONS, ...options };
  const project = readProject({ path, text }, beside);
  return { project, findings: findingsIn(project, all, onError) };
}

function findingsIn(project: Project, options: LintOptions, onError: OnRuleError): readonly Finding[] {
  const set = ruleSet(options);
  // hadolint and BuildKit say nothing of Compose files.
  if (set.reading !== 'own') return [];
  const ignores: ComposeIgnores = options.disableIgnorePragma ? { all: [], misspelt: [] } : readComposeIgnores(project);
  const used = new Set<object>();
  const found = new Map<string, Finding>();
  for (const rule of COMPOSE_RULES) {
    const report = (at: Place, one: ComposeReport): void => {
      const place = placeIn(project, at);
      const severity = place && set.severityOf(rule, one.codes ?? rule.codes, one.severity ?? rule.severity, one.minor);
      if (!place || !severity) return;
      // What an anchor gives to several services is one place in the file.
      const key = `${rule.id} ${place.span.start} ${place.span.end}`;
      if (found.has(key)) return;
      const codes = one.codes ?? rule.codes;
      const silencing = ignoring(ignores, addressesOf(rule, codes, 'own'), place.span);
      for (const { name } of silencing) used.add(name);
      if (silencing.length > 0) return;
      found.set(key, findingOf(rule, { ...one, severity, codes }, place, project));
    };
    run(rule, project, set, report, onError);
  }
  return sorted([...found.values(), ...uselessComposeIgnores(project, ignores, used, set)]);
}

function run(
  rule: ComposeRule,
  project: Project,
  set: RuleSet,
  report: (at: Place, one: ComposeReport) => void,
  onError: OnRuleError,
): void {
  const isOff = [rule.codes, ...rule.codes.map(code => [code])].every(
    codes => set.severityOf(rule, codes, rule.severity) === undefined,
  );
  if (isOff) return;
  try {
    rule.check({ project, reading: set.reading, options: set.optionsOf(rule), report });
  } catch (error) {
    onError(rule.id, error);
  }
}

interface OwnPlace {
  readonly span: Span;
  /** The text itself is there, and not only what brings it in. */
  readonly isWritten: boolean;
}

/** Where in the file that is looked at something is to be said: what another file brings in, at the key that names that file. */
function placeIn(project: Project, { source, span }: Place): OwnPlace | undefined {
  if (source === project.own.source) return { span, isWritten: true };
  if (project.files.some(file => file.source === source)) return undefined;
  const service = [...project.services.values()].find(one => !one.isIncluded && holds(one, source));
  const bringing = service?.own && entryOf(service.own.value, 'extends');
  return bringing && { span: bringing.span, isWritten: false };
}

const holds = ({ body }: Service, source: Place['source']): boolean =>
  [...body.entries.values()].some(entry => entry.source === source);

function findingOf(
  rule: ComposeRule,
  { message, severity, codes, tag, fixes }: ComposeReport & Pick<Finding, 'severity' | 'codes'>,
  { span, isWritten }: OwnPlace,
  project: Project,
): Finding {
  const plain = { rule: rule.id, codes, severity, message, span, at: -1 };
  const make = (): Fix[] => {
    const possible = (typeof fixes === 'function' ? fixes() : (fixes ?? [])).filter(fix => fix !== undefined);
    return fixesOf(possible, lineEnding(project.own.source.text));
  };
  return new ReportedFinding(plain, tag, isWritten && fixes ? make : undefined);
}

function fixesOf(all: readonly RuleFix[], eol: string): Fix[] {
  const isChosen = all.some(fix => fix.preferred);
  return all.map(({ title, safety, preferred, effect = {}, edits, file }, index) => ({
    title,
    safety,
    preferred: isChosen ? preferred === true : index === 0,
    effect,
    edits: edits.map(({ span, text }) => ({ span, text: eol === '\n' ? text : text.replace(/\r?\n/g, eol) })),
    ...(file ? { file } : {}),
  }));
}

const sorted = (findings: readonly Finding[]): readonly Finding[] =>
  findings.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || (a.rule < b.rule ? -1 : 1));
