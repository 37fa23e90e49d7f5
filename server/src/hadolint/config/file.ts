import type { RuleSetting } from '../../../../shared/src/settings.js';
import { flagKey, type Key, type Keys, readKeys, type Said } from '../../config/reading/keys.js';
import { labelSchema, ruleNames } from '../../config/reading/values.js';
import type { ConfigProblem, Node, Reader } from '../../config/reading/yaml.js';
import type { Severity } from '../../standards/severity.js';

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

const formats: Key = {
  schema: { description: 'The format of the report.' },
  read: (value, name, read) => ({
    output: {
      formats: read.texts(value, name).flatMap(({ text, span }) => {
        const format = HADOLINT_FORMATS.find(one => one === text);
        if (format) return [format];
        read.report(span, `${name} takes one of ${HADOLINT_FORMATS.join(', ')}.`);
        return [];
      }),
    },
  }),
};

/** The keys of a `.hadolint.yaml`: all that hadolint 2.15 reads. */
export const HADOLINT_KEYS: Keys = {
  'failure-threshold': {
    schema: { enum: THRESHOLDS },
    read(value, name, read) {
      const threshold = read.choice(value, name, THRESHOLDS);
      return threshold ? { output: { failOn: failOnOf(threshold) } } : {};
    },
  },
  format: formats,
  formats,
  ignored: {
    schema: { description: 'Rules that do not run.' },
    read: (value, name, read) => ({ options: { ignore: ruleNames(value, name, read, 'off') } }),
  },
  'label-schema': {
    schema: { description: 'Labels that an image has to have.' },
    read: (value, _, read) => ({ options: { labelSchema: labelSchema(value, read) } }),
  },
  'no-color': flagKey({ type: 'boolean' }, noColor => ({ output: { noColor } })),
  verbose: flagKey({ type: 'boolean' }, verbose => ({ output: { verbose } })),
  override: {
    schema: { description: 'Rules by the severity that they are to have.' },
    read: (value, _, read) => ({ options: { rules: overrides(value, read) } }),
  },
  'strict-labels': flagKey({ type: 'boolean' }, strictLabels => ({ options: { strictLabels } })),
  'disable-ignore-pragma': flagKey({ type: 'boolean' }, disableIgnorePragma => ({ options: { disableIgnorePragma } })),
  trustedRegistries: {
    schema: { description: 'Registries that images may come from.' },
    read: (value, name, read) => ({
      options: { trustedRegistries: read.texts(value, name).map(({ text }) => text) },
    }),
  },
  'no-fail': flagKey({ type: 'boolean' }, noFail => ({ output: { noFail } })),
};

/** A `.hadolint.yaml`. Environment variables are read by the command line alone, see environment.ts. */
export const readHadolint = (root: Node, problems: ConfigProblem[]): Said =>
  readKeys(root, 'hadolint’s configuration', HADOLINT_KEYS, problems);

function overrides(value: Node, read: Reader): Record<string, RuleSetting> {
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
