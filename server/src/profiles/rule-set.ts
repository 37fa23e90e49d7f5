import type { ProfileName, RuleSetting } from '../../../shared/src/settings.js';
import { HADOLINT_CHECKS, WITHOUT_TRIGGERS } from '../hadolint/checks/index.js';
import { hadolintSeverity, isHadolintCode } from '../hadolint/severities.js';
import { behaviourOf } from '../rules/asked.js';
import { RULES } from '../rules/index.js';
import type { Reading, Rule, RuleMeta, Severity } from '../rules/rule.js';
import { buildkitSeverity, isBuildkitCode } from '../standards/buildkit.js';
import { isAboutShipped } from './about-shipped.js';
import { choosing, type Mentions } from './mentions.js';
import { addressesOf, canonicalName, isKnownName, isShellcheckCode, SYNTAX_ERROR } from './rule-names.js';
import { namesSelected } from './selectors.js';
import type { LintOptions } from './types.js';

/** Which rules run, how they read the standards, and what becomes of a finding: everything that follows from the options alone. */
export interface RuleSet {
  readonly reading: Reading;
  /** Rules that may have something to say about an instruction with a keyword. */
  forInstruction(keyword: string, mentions: Mentions): readonly Rule[];
  /** Rules that look at the whole file. */
  fileRules(mentions: Mentions): readonly Rule[];
  /** Rules that look at one stage after the other. */
  stageRules(mentions: Mentions): readonly Rule[];
  /** The rule's options: its defaults, then what configuration says. */
  optionsOf(rule: RuleMeta): Readonly<Record<string, unknown>>;
  /** The severity to report with, or undefined when the finding is not to be reported. */
  severityOf(
    rule: Pick<Rule, 'id' | 'codes' | 'profile' | 'minor'>,
    codes: readonly string[],
    own: Severity,
    minor?: boolean,
  ): Severity | undefined;
  readonly syntaxSeverity: Severity | undefined;
}

/** How a profile reads rules on which the standards differ. */
export const readingOf = (profile: ProfileName): Reading =>
  profile === 'hadolint' || profile === 'buildkit' ? profile : 'own';

const sets = new Map<string, RuleSet>();
const MAX_SETS = 64;
/** Most often the options are the same object as the last time, and need not be written out. */
let last: { readonly options: LintOptions; readonly set: RuleSet } | undefined;

/** The rule set for some options; equal options give the same object, so results can be kept by it. */
export function ruleSet(options: LintOptions): RuleSet {
  if (last?.options === options) return last.set;
  // The build context is not part of what decides which rules run, and large.
  const { context, ...deciding } = options;
  const key = JSON.stringify(deciding);
  let set = sets.get(key);
  if (!set) {
    if (sets.size >= MAX_SETS) sets.clear();
    set = build(options);
    sets.set(key, set);
  }
  last = { options, set };
  return set;
}

const NO_RULES: readonly Rule[] = [];

/** The rules as they run in a reading. */
function rulesOf(reading: Reading): readonly Rule[] {
  const rules = RULES.filter(rule => rule.reading === undefined || rule.reading === reading);
  return reading === 'hadolint' ? rules.map(asHadolint) : rules;
}

function asHadolint(rule: Rule): Rule {
  const hadolint = HADOLINT_CHECKS[rule.id];
  if (hadolint) return { ...rule, ...behaviourOf(hadolint) };
  return WITHOUT_TRIGGERS.has(rule.id) ? { ...rule, onbuild: false } : rule;
}

type Named = Pick<Rule, 'id' | 'codes' | 'profile' | 'minor'>;

function build(options: LintOptions): RuleSet {
  const reading = readingOf(options.profile);
  const named = (selectors: readonly string[]): ReadonlySet<string> =>
    new Set(selectors.flatMap(namesSelected).map(canonicalName));
  const selected = named([...options.select, ...(options.only ?? [])]);
  const ignored = named(options.ignore);
  const only = options.only && named(options.only);
  // What is said of one rule counts more than what is said of a group.
  const said = Object.entries(options.rules).sort(([a], [b]) => Number(isKnownName(a)) - Number(isKnownName(b)));
  const settings = new Map(
    said.flatMap(([selector, setting]) => namesSelected(selector).map(name => [canonicalName(name), setting] as const)),
  );
  // Codes first, then the id: the more particular name has the last word.
  const settingOf = (rule: Named, codes: readonly string[]): RuleSetting | undefined => {
    if (settings.size === 0) return undefined;
    const found = [...addressesOf(rule, codes, reading)]
      .reverse()
      .map(name => settings.get(name))
      .filter(setting => setting !== undefined);
    if (found.length < 2) return found[0];
    return { ...Object.assign({}, ...found), options: Object.assign({}, ...found.map(setting => setting.options)) };
  };
  const profileSeverity = (
    rule: Named,
    codes: readonly string[],
    own: Severity,
    minor: boolean,
  ): Severity | undefined => {
    // What Docker refuses is wrong in every profile.
    if (rule.id === SYNTAX_ERROR.id) return own;
    switch (options.profile) {
      case 'hadolint': {
        const code = codes.find(isHadolintCode);
        if (code === undefined) return undefined;
        return isShellcheckCode(code) ? own : hadolintSeverity(code);
      }
      case 'buildkit':
        return codes.some(isBuildkitCode) ? buildkitSeverity(codes) : undefined;
      case 'all':
        return own;
      case 'strict':
        return rule.profile === 'all' ? undefined : own;
      case 'recommended':
        if ((rule.profile ?? 'recommended') !== 'recommended') return undefined;
        return minor || rule.minor || (options.isForWork && isAboutShipped(rule.id)) ? 'hint' : own;
    }
  };
  const severityOf = (rule: Named, codes: readonly string[], own: Severity, minor = false): Severity | undefined => {
    if (only && rule.id !== SYNTAX_ERROR.id && !addressesOf(rule, codes, reading).some(name => only.has(name)))
      return undefined;
    if (ignored.size > 0 && addressesOf(rule, codes, reading).some(name => ignored.has(name))) return undefined;
    const setting = settingOf(rule, codes)?.severity;
    if (setting === 'off') return undefined;
    if (setting) return setting;
    const severity = profileSeverity(rule, codes, own, minor);
    if (severity || selected.size === 0) return severity;
    if (!addressesOf(rule, codes, reading).some(name => selected.has(name))) return undefined;
    // BuildKit knows one severity; its experimental checks have it too once they are asked for.
    return reading === 'buildkit' ? 'warning' : own;
  };
  // A rule that cannot report anything is not run at all.
  const active = rulesOf(reading).filter(
    rule =>
      severityOf(rule, rule.codes, rule.severity) !== undefined ||
      rule.codes.some(code => severityOf(rule, [code], rule.severity) !== undefined),
  );
  // hadolint reads many rules over stage borders.
  const isOfStage = (rule: Rule): boolean => reading !== 'hadolint' && rule.scope !== undefined;
  // hadolint finds commands by other ways than we do.
  const among = (rules: readonly Rule[]): ((mentions: Mentions) => readonly Rule[]) =>
    reading === 'hadolint' ? () => rules : choosing(rules);
  const byKeyword = new Map<string, Rule[]>();
  for (const rule of active) {
    if (!rule.check) continue;
    for (const keyword of rule.on ?? []) byKeyword.set(keyword, [...(byKeyword.get(keyword) ?? []), rule]);
  }
  const forKeyword = new Map([...byKeyword].map(([keyword, rules]) => [keyword, among(rules)] as const));
  const ofFiles = active.filter(rule => rule.checkFile !== undefined);
  const global: Readonly<Record<string, unknown>> = {
    labelSchema: options.labelSchema,
    strictLabels: options.strictLabels,
    trustedRegistries: options.trustedRegistries,
  };
  const isPlain = settings.size === 0;
  const ruleOptions = new Map<RuleMeta, Readonly<Record<string, unknown>>>();
  const syntaxNames = [SYNTAX_ERROR.id, ...SYNTAX_ERROR.codes].map(canonicalName);
  const syntaxSetting =
    syntaxNames.map(name => settings.get(name)?.severity).find(severity => severity !== undefined) ?? 'error';
  return {
    reading,
    forInstruction: (keyword, mentions) => forKeyword.get(keyword)?.(mentions) ?? NO_RULES,
    fileRules: among(ofFiles.filter(rule => !isOfStage(rule))),
    stageRules: among(ofFiles.filter(isOfStage)),
    optionsOf: rule => {
      if (isPlain && rule.options === undefined) return global;
      let known = ruleOptions.get(rule);
      if (!known) {
        const defaults = Object.fromEntries((rule.options ?? []).map(option => [option.name, option.default]));
        known = { ...global, ...defaults, ...(settingOf(rule, rule.codes)?.options ?? {}) };
        ruleOptions.set(rule, known);
      }
      return known;
    },
    severityOf,
    syntaxSeverity: syntaxSetting === 'off' || syntaxNames.some(name => ignored.has(name)) ? undefined : syntaxSetting,
  };
}
