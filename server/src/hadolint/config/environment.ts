import type { RuleSetting } from '../../../../shared/src/settings.js';
import type { Config } from '../../config/reading/config.js';
import { labelRequirement } from '../../config/reading/values.js';
import type { LabelType } from '../../profiles/types.js';
import { failOnOf, hadolintFormat, THRESHOLDS } from './file.js';

/**
 * hadolint's environment variables. They are read in profile `hadolint` only, and by the command line only: there they
 * are part of what a project relies on when it switches; anywhere else a variable that is set for another tool would
 * silently change what is reported.
 */
export function hadolintEnvironment(env: Readonly<Record<string, string | undefined>>): Omit<Config, 'problems'> {
  const list = (name: string): string[] =>
    (env[name] ?? '')
      .split(',')
      .map(item => item.trim())
      .filter(item => item !== '');
  const flag = (name: string): boolean => ['1', 'y', 'on', 'true', 'yes'].includes((env[name] ?? '').toLowerCase());
  const rules: Record<string, RuleSetting> = {};
  // The most severe list counts.
  for (const [name, severity] of [
    ['HADOLINT_OVERRIDE_STYLE', 'hint'],
    ['HADOLINT_OVERRIDE_INFO', 'info'],
    ['HADOLINT_OVERRIDE_WARNING', 'warning'],
    ['HADOLINT_OVERRIDE_ERROR', 'error'],
  ] as const) {
    for (const code of list(name)) rules[code] = { severity };
  }
  const labelSchema: Record<string, LabelType> = {};
  for (const item of list('HADOLINT_REQUIRE_LABELS')) {
    const { name, type } = labelRequirement(item);
    if (type) labelSchema[name] = type;
  }
  const threshold = THRESHOLDS.find(one => one === env['HADOLINT_FAILURE_THRESHOLD']);
  const formats = list('HADOLINT_FORMAT').flatMap(format => hadolintFormat(format) ?? []);
  return {
    options: {
      rules,
      labelSchema,
      ignore: list('HADOLINT_IGNORE'),
      trustedRegistries: list('HADOLINT_TRUSTED_REGISTRIES'),
      ...(flag('HADOLINT_STRICT_LABELS') ? { strictLabels: true } : {}),
      ...(flag('HADOLINT_DISABLE_IGNORE_PRAGMA') ? { disableIgnorePragma: true } : {}),
    },
    output: {
      ...(threshold ? { failOn: failOnOf(threshold) } : {}),
      ...(flag('HADOLINT_NOFAIL') ? { noFail: true } : {}),
      ...(formats.length > 0 ? { formats } : {}),
      ...(flag('HADOLINT_VERBOSE') ? { verbose: true } : {}),
    },
    shellcheck: {},
  };
}
