import type { RuleSetting } from '../../../../shared/src/settings.js';
import type { Config } from '../../config/reading/config.js';
import { labelSchema, ruleNames } from '../../config/reading/values.js';
import { type ConfigProblem, type Node, reader } from '../../config/reading/yaml.js';
import type { Severity } from '../../rules/rule.js';

const KEYS = [
  'failure-threshold',
  'format',
  'formats',
  'ignored',
  'label-schema',
  'no-color',
  'no-fail',
  'verbose',
  'override',
  'strict-labels',
  'disable-ignore-pragma',
  'trustedRegistries',
];

export const HADOLINT_FORMATS = [
  'tty',
  'json',
  'checkstyle',
  'codeclimate',
  'gitlab_codeclimate',
  'gnu',
  'codacy',
  'sonarqube',
  'sarif',
  'junit',
] as const;
export type HadolintFormat = (typeof HADOLINT_FORMATS)[number];

export const hadolintFormat = (name: string): HadolintFormat | undefined =>
  HADOLINT_FORMATS.find(format => format === name);

/** hadolint's words for severities and thresholds. */
export const THRESHOLDS = ['error', 'warning', 'info', 'style', 'ignore', 'none'] as const;

/** With `none` and `ignore` hadolint fails on any finding, as with `style`. */
export const failOnOf = (threshold: (typeof THRESHOLDS)[number]): Severity =>
  threshold === 'style' || threshold === 'ignore' || threshold === 'none' ? 'hint' : threshold;

// In several lists the most severe one counts, so the later ones here overwrite.
const LEVELS = [
  ['style', 'hint'],
  ['info', 'info'],
  ['warning', 'warning'],
  ['error', 'error'],
] as const;

/** A `.hadolint.yaml`, with all its keys. Environment variables are read by the command line alone, see cli/hadolint-environment.ts. */
export function readHadolint(root: Node, problems: ConfigProblem[]): Omit<Config, 'problems'> {
  const read = reader(problems);
  let options: Config['options'] = {};
  let output: Config['output'] = {};
  for (const entry of read.entries(root, 'hadolint’s configuration')) {
    const { key, value } = entry;
    switch (key) {
      case 'failure-threshold': {
        const threshold = read.choice(value, key, THRESHOLDS);
        if (threshold) output = { ...output, failOn: failOnOf(threshold) };
        break;
      }
      case 'format':
      case 'formats': {
        const formats = read.texts(value, key).flatMap(({ text, span }) => {
          const format = hadolintFormat(text);
          if (!format) read.report(span, `${key} takes one of ${HADOLINT_FORMATS.join(', ')}.`);
          return format ? [format] : [];
        });
        output = { ...output, formats: [...(output.formats ?? []), ...formats] };
        break;
      }
      case 'ignored':
        options = { ...options, ignore: ruleNames(value, key, read, 'off') };
        break;
      case 'label-schema':
        options = { ...options, labelSchema: labelSchema(value, read) };
        break;
      case 'no-color':
        output = { ...output, noColor: read.flag(value, key) ?? false };
        break;
      case 'no-fail':
        output = { ...output, noFail: read.flag(value, key) ?? false };
        break;
      case 'verbose':
        output = { ...output, verbose: read.flag(value, key) ?? false };
        break;
      case 'override':
        options = { ...options, rules: overrides(value) };
        break;
      case 'strict-labels':
        options = { ...options, strictLabels: read.flag(value, key) ?? false };
        break;
      case 'disable-ignore-pragma':
        options = { ...options, disableIgnorePragma: read.flag(value, key) ?? false };
        break;
      case 'trustedRegistries':
        options = { ...options, trustedRegistries: read.texts(value, key).map(({ text }) => text) };
        break;
      default:
        read.unknownKey(entry, KEYS);
    }
  }
  function overrides(value: Node): Record<string, RuleSetting> {
    const rules: Record<string, RuleSetting> = {};
    const entries = read.entries(value, 'override');
    for (const [word, severity] of LEVELS) {
      for (const entry of entries.filter(({ key }) => key === word)) {
        for (const name of ruleNames(entry.value, `override.${word}`, read, 'off')) rules[name] = { severity };
      }
    }
    const words: readonly string[] = LEVELS.map(([word]) => word);
    for (const entry of entries) if (!words.includes(entry.key)) read.unknownKey(entry, words);
    return rules;
  }
  return { options, output, shellcheck: {} };
}
