import { RULE_LEVELS } from '../../../shared/src/settings.js';
import { OWN_KEYS } from '../config/dockwright.js';
import type { Schema } from '../config/reading/schema.js';
import type { RuleMeta } from '../rules/rule.js';

const LEVEL: Schema = { type: 'string', enum: RULE_LEVELS };
const OPTION_TYPES: Readonly<Record<string, Schema>> = {
  'string[]': { type: 'array', items: { type: 'string' } },
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
  const properties = Object.fromEntries(Object.entries(OWN_KEYS).map(([name, { schema }]) => [name, schema]));
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    description: 'Configuration of Dockwright.',
    type: 'object',
    properties: { ...properties, rules: { ...properties['rules'], properties: rulesSchema(rules) } },
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
