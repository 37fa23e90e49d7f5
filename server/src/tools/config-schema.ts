import { PROFILES, RULE_LEVELS } from '../../../shared/src/settings.js';
import { LABEL_TYPES } from '../config/reading/values.js';
import type { RuleMeta } from '../rules/rule.js';
import { SEVERITIES } from '../standards/severity.js';

/** The part of JSON Schema that is used here. */
export interface Schema {
  readonly $schema?: string;
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly enumDescriptions?: readonly string[];
  readonly default?: unknown;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
}

const LEVEL: Schema = { type: 'string', enum: RULE_LEVELS };
const texts = (description?: string): Schema => ({
  type: 'array',
  items: { type: 'string' },
  ...(description ? { description } : {}),
});

const OPTION_TYPES: Readonly<Record<string, Schema>> = {
  'string[]': texts(),
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  number: { type: 'number' },
  map: { type: 'object', additionalProperties: { type: 'string' } },
};

/** One entry a rule: its level, or an object with its level and options. */
export function rulesSchema(rules: readonly RuleMeta[]): Readonly<Record<string, Schema>> {
  return Object.fromEntries(
    rules.map(rule => {
      const description = rule.summary.replaceAll('`', '');
      const options = Object.fromEntries(
        (rule.options ?? []).map(option => [
          option.name,
          { ...OPTION_TYPES[option.type], default: option.default, description: option.description },
        ]),
      );
      if (Object.keys(options).length === 0) return [rule.id, { ...LEVEL, description }];
      const object: Schema = {
        type: 'object',
        properties: { severity: LEVEL, ...options },
        additionalProperties: false,
      };
      return [rule.id, { description, anyOf: [LEVEL, object] }];
    }),
  );
}

/** The schema of `.dockwright.yaml` and `.dockwright.json`, for completion and checks in editors. */
export function configSchema(rules: readonly RuleMeta[]): Schema {
  const anyRule: Schema = {
    anyOf: [LEVEL, { type: 'object', properties: { severity: LEVEL }, additionalProperties: true }],
  };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    description: 'Configuration of Dockwright.',
    type: 'object',
    properties: {
      $schema: { type: 'string', description: 'Where this schema is, for editors.' },
      profile: {
        type: 'string',
        enum: PROFILES,
        default: 'recommended',
        description: 'Which rules run, and with which severities.',
      },
      rules: {
        type: 'object',
        description: 'Levels and options, by rule id or by a code such as DL3008.',
        properties: rulesSchema(rules),
        additionalProperties: anyRule,
      },
      select: texts('Rules that run beside those of the profile: ids or codes.'),
      ignore: texts('Rules that do not run: ids or codes.'),
      shellcheck: {
        description: 'ShellCheck on shell text.',
        anyOf: [
          { type: 'boolean' },
          { type: 'string', enum: ['on', 'off'] },
          {
            type: 'object',
            properties: {
              enable: { type: 'boolean', default: true, description: 'Run ShellCheck.' },
              severity: {
                type: 'string',
                enum: SEVERITIES,
                default: 'hint',
                description: 'The least severe findings to report.',
              },
              exclude: texts('Codes to leave out, such as SC2086.'),
            },
            additionalProperties: false,
          },
        ],
      },
      'fail-on': {
        type: 'string',
        enum: [...SEVERITIES, 'never'],
        default: 'warning',
        description:
          'The least severe findings that make the command line exit with status 1; `info` in profile `hadolint`.',
      },
      'label-schema': {
        type: 'object',
        description: 'Labels that an image has to have, and what their values are.',
        additionalProperties: { type: 'string', enum: LABEL_TYPES },
      },
      'strict-labels': {
        type: 'boolean',
        default: false,
        description: 'Labels that are not in the label schema are reported.',
      },
      'trusted-registries': texts('Registries that images may come from; with `*` as a wildcard. None given: all.'),
      'disable-ignore-comments': {
        type: 'boolean',
        default: false,
        description: 'Comments that ignore findings have no effect.',
      },
    },
    additionalProperties: false,
  };
}

/** The keys of the file with what each means, as a table in Markdown. */
export function configTable(schema: Schema): string {
  return [
    '| key | values | default | meaning |',
    '|---|---|---|---|',
    ...Object.entries(schema.properties ?? {})
      .filter(([key]) => key !== '$schema')
      .map(
        ([key, value]) =>
          `| \`${key}\` | ${valuesOf(value)} | ${value.default === undefined ? '' : `\`${String(value.default)}\``} | ${value.description ?? ''} |`,
      ),
  ].join('\n');
}

function valuesOf(schema: Schema): string {
  if (schema.enum) return schema.enum.map(value => `\`${String(value)}\``).join(', ');
  if (schema.anyOf) return schema.anyOf.map(valuesOf).join('; ');
  if (schema.type === 'array') return 'a list';
  if (schema.type === 'boolean') return '`true`, `false`';
  const keys = Object.keys(schema.properties ?? {});
  if (schema.additionalProperties === false) return keys.map(key => `\`${key}\``).join(', ');
  return 'a map';
}
