import {
  type Dockerfile,
  hasLooseFlag,
  type Instruction,
  isOpen,
  type Placed,
  parseDockerfile,
  perInstruction,
} from '../dockerfile/index.js';
import {
  deriveFacts,
  type FileFacts,
  InstructionFacts,
  type StageRole,
  type State,
  sameReads,
} from '../facts/index.js';
import { applyDirectives, withExperimental, withoutIgnored } from '../ignore-comments/apply.js';
import { isAboutShipped } from '../profiles/about-shipped.js';
import { type Mentions, mentionsOf, together } from '../profiles/mentions.js';
import { type RuleSet, readingOf, ruleSet } from '../profiles/rule-set.js';
import { DEFAULT_OPTIONS, type Finding, type Fix, type LintOptions } from '../profiles/types.js';
import type { FixEdit, FixEffect, Report, Rule, RuleFix } from '../rules/rule.js';
import { isForWork } from '../start/index.js';
import { lineEnding } from '../text/line-ending.js';
import { moved } from '../text/span.js';
import { keepsComments } from './comments-kept.js';
import { withoutFollowUps } from './follow-ups.js';
import { ReportedFinding } from './reported-finding.js';
import type { LintResult } from './result.js';
import { isSwallowedBefore, notSwallowed, SWALLOWED, wouldHideSwallowed } from './swallowed.js';
import { emptinessFindings, syntaxFindings } from './syntax-findings.js';
import { type Template, templateOf } from './template.js';
import { certainIn, withoutFixes } from './template-rules.js';

/** Called when a rule throws; the other rules still run. */
export type OnRuleError = (rule: string, error: unknown) => void;

interface CachedReports {
  readonly set: RuleSet;
  readonly reads: number;
  readonly state: State;
  readonly role: StageRole;
  readonly reports: readonly RuleReport[];
}

interface RuleReport {
  readonly rule: Rule;
  readonly report: Report;
}

/** How many different surroundings and rule sets of one instruction text are remembered. */
const KEPT_PER_INSTRUCTION = 10;

/** What is known of an instruction wherever it is. */
interface Cached {
  readonly mentions: Mentions;
  readonly reports: CachedReports[];
}

const cachedFor = perInstruction((instruction): Cached => ({ mentions: mentionsOf(instruction), reports: [] }));

function reportsOf(
  set: RuleSet,
  instruction: Instruction,
  state: State,
  role: StageRole,
  onError: OnRuleError,
): readonly RuleReport[] {
  const { mentions, reports: kept } = cachedFor(instruction);
  const rules = set.forInstruction(instruction.keyword, mentions);
  const { trigger } = instruction;
  if (rules.length === 0 && !trigger) return NONE;
  for (const entry of kept)
    if (entry.set === set && sameReads(entry.reads, entry.state, entry.role, state, role)) return entry.reports;
  const own = new InstructionFacts(instruction, state, role);
  let reports = run(set, rules, own, instruction, false, onError);
  let { reads } = own;
  if (trigger) {
    const inner = new InstructionFacts(trigger, state, role);
    const triggered = set.forInstruction(trigger.keyword, mentions).filter(rule => rule.onbuild !== false);
    reports = [...reports, ...run(set, triggered, inner, trigger, true, onError)];
    reads |= inner.reads;
  }
  if (kept.length >= KEPT_PER_INSTRUCTION) kept.shift();
  kept.push({ set, reads, state, role, reports });
  return reports;
}

const NONE: readonly RuleReport[] = [];

function run(
  set: RuleSet,
  rules: readonly Rule[],
  facts: InstructionFacts,
  instruction: Instruction,
  onbuild: boolean,
  onError: OnRuleError,
): readonly RuleReport[] {
  const { reading } = set;
  const reports: RuleReport[] = [];
  for (const rule of rules) {
    const report = (one: Report): void => void reports.push({ rule, report: one });
    try {
      rule.check?.({ instruction, facts, onbuild, reading, options: set.optionsOf(rule), report });
    } catch (error) {
      onError(rule.id, error);
    }
  }
  return reports;
}

function resolve(set: RuleSet, { rule, report }: RuleReport, placed: Placed, eol: string): Finding | undefined {
  // One mistake is one finding: what else is said of such words would be wrong, and so would its fix.
  if (set.reading === 'own' && rule.id !== SWALLOWED && hasLooseFlag(placed.instruction)) return undefined;
  if (isSwallowedBefore(set, rule.id, placed.instruction, report.span.end)) return undefined;
  const codes = report.codes ?? rule.codes;
  const severity = set.severityOf(rule, codes, report.severity ?? rule.severity, report.minor);
  if (!severity) return undefined;
  const { tag, fixes, fixesOnDemand } = report;
  const plain = {
    rule: rule.id,
    codes,
    severity,
    message: report.message,
    span: moved(report.span, placed.start),
    at: placed.index,
  };
  const has = fixesOnDemand !== undefined || (fixes !== undefined && fixes.length > 0);
  const make = (): Fix[] => fixesOf(rule, fixesOnDemand?.() ?? fixes ?? [], placed, eol);
  return new ReportedFinding(plain, tag, has ? make : undefined);
}

/** What matters in an image that is shipped counts less in one to work with. */
const calmed = (facts: FileFacts, one: RuleReport): RuleReport =>
  isAboutShipped(one.rule.id) && isForWork(facts) ? { ...one, report: { ...one.report, minor: true } } : one;

const NO_EFFECT: FixEffect = {};

function fixesOf(rule: Rule, all: readonly RuleFix[], placed: Placed, eol: string): Fix[] {
  const fixes = all.filter(
    fix =>
      keepsComments(fix.edits, fix.effect, placed) &&
      !fix.edits.some(edit => {
        const at = edit.at ?? placed;
        return isSwallowed(edit, at) || wouldHideSwallowed(rule.id, at.instruction);
      }),
  );
  const isChosen = fixes.some(one => one.preferred);
  return fixes.map(({ title, safety, preferred, effect = NO_EFFECT, edits, file }, index): Fix => {
    const fix = {
      title,
      safety,
      preferred: isChosen ? preferred === true : index === 0,
      effect,
      edits: edits.map(edit => ({
        span: moved(edit.span, (edit.at ?? placed).start),
        text: eol === '\n' ? edit.text : edit.text.replace(/\r?\n/g, eol),
      })),
    };
    return file ? { ...fix, file } : fix;
  });
}

/** A new line at the end of a file that stops in the middle of an instruction would be taken for a part of it. */
const isSwallowed = ({ span, text }: FixEdit, { instruction }: Placed): boolean =>
  text.startsWith('\n') && span.start >= instruction.text.length && isOpen(instruction);

export interface Analysis {
  readonly dockerfile: Dockerfile;
  readonly facts: FileFacts;
}

/** Parses a text and derives its facts; `lint` can be asked about it with any options. */
export function analyse(text: string, options: Pick<LintOptions, 'context'> = {}): Analysis {
  const dockerfile = parseDockerfile(text);
  return { dockerfile, facts: deriveFacts(dockerfile, options.context) };
}

/**
 * All findings of an analysed file under the given options, sorted by place. Never throws on any text.
 */
export function lintAnalysis(analysis: Analysis, options: LintOptions, onError: OnRuleError = ignoreError): LintResult {
  const set = ruleSet(withExperimental(analysis, options));
  const rerun = (profile: 'hadolint' | 'buildkit'): readonly Finding[] => {
    const { labelSchema, strictLabels, trustedRegistries } = options;
    return reported(
      analysis,
      ruleSet({ ...DEFAULT_OPTIONS, profile, labelSchema, strictLabels, trustedRegistries }),
      ignoreError,
    );
  };
  const all = reported(analysis, set, onError);
  // hadolint's own profile says what hadolint says.
  const own =
    set.reading === 'hadolint' ? all : withoutFollowUps(analysis, all, corrected => reported(corrected, set, onError));
  const findings = applyDirectives(
    analysis,
    [...emptinessFindings(set, analysis, options), ...own],
    set,
    options,
    rerun,
  );
  const { dockerfile, facts } = analysis;
  const template = templateOf(facts, options.template);
  return { dockerfile, facts, template, findings: sorted(certain(template, findings, options)) };
}

/** Of a template only what is certain; what hadolint says is said of any text, but fixed is nothing there either. */
function certain(
  template: Template | undefined,
  findings: readonly Finding[],
  { profile }: LintOptions,
): readonly Finding[] {
  if (!template) return findings;
  return readingOf(profile) === 'hadolint' ? withoutFixes(findings) : certainIn(template, findings);
}

/** A result with findings that came later, such as ShellCheck's; what comments silence is left out. */
export function withFindings(result: LintResult, later: readonly Finding[], options: LintOptions): LintResult {
  return later.length === 0
    ? result
    : {
        ...result,
        findings: sorted([
          ...result.findings,
          ...certain(
            result.template,
            notSwallowed(ruleSet(options), result, withoutIgnored(result, later, options)),
            options,
          ),
        ]),
      };
}

/** What the rules report, before comments are obeyed. */
function reported(analysis: Analysis, set: RuleSet, onError: OnRuleError): Finding[] {
  const { dockerfile, facts } = analysis;
  const { placements } = dockerfile;
  const eol = lineEnding(dockerfile.text);
  const findings: Finding[] = syntaxFindings(set, analysis);
  const add = (one: RuleReport, placed: Placed): void => {
    const finding = resolve(set, calmed(facts, one), placed, eol);
    if (finding) findings.push(finding);
  };
  for (const stage of [undefined, ...facts.stages]) {
    const begin = stage?.from.index ?? 0;
    const role = facts.roleOfStage(stage);
    const { parts } = stage?.content ?? facts.preambleContent;
    const states = stage?.content.states ?? facts.preambleStates;
    for (const [offset, { instruction }] of parts.entries()) {
      const state = states[offset];
      if (!state) continue;
      for (const one of reportsOf(set, instruction, state, role, onError)) add(one, placements.get(begin + offset));
    }
    const rules = set.stageRules(facts.ofStage(stage, mentionsIn));
    runFileRules(set, rules, facts.within(stage), onError, (one, placed) => {
      if (facts.stageOf(placed) === stage) add(one, placed);
    });
  }
  runFileRules(set, set.fileRules(together(facts.perStage(mentionsIn))), facts, onError, add);
  return findings;
}

/** Asks rules that look at a stage or at the whole file. */
function runFileRules(
  { reading, optionsOf }: RuleSet,
  rules: readonly Rule[],
  facts: FileFacts,
  onError: OnRuleError,
  take: (one: RuleReport, placed: Placed) => void,
): void {
  for (const rule of rules) {
    const report = (placed: Placed, one: Report): void => take({ rule, report: one }, placed);
    try {
      rule.checkFile?.({ facts, reading, options: optionsOf(rule), report });
    } catch (error) {
      onError(rule.id, error);
    }
  }
}

/** What the instructions of a stage mention. */
const mentionsIn = (instructions: readonly Placed[]): Mentions =>
  together(instructions.map(({ instruction }) => cachedFor(instruction).mentions));

const ignoreError: OnRuleError = () => {};

const rank = { error: 0, warning: 1, info: 2, hint: 3 } as const;

/** By place; on one span the more severe first. */
function sorted(findings: readonly Finding[]): Finding[] {
  return findings.toSorted(
    (a, b) =>
      a.span.start - b.span.start ||
      a.span.end - b.span.end ||
      rank[a.severity] - rank[b.severity] ||
      (a.rule < b.rule ? -1 : 1),
  );
}

export function lint(text: string, options: Partial<LintOptions> = {}, onError: OnRuleError = ignoreError): LintResult {
  const all: LintOptions = { ...DEFAULT_OPTIONS, ...options };
  return lintAnalysis(analyse(text, all), all, onError);
}
