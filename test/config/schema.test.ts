import { describe, expect, test } from 'vitest';
import { readConfig } from '../../server/src/config/config.js';
import { OWN_KEYS } from '../../server/src/config/dockwright.js';
import type { Schema } from '../../server/src/config/reading/schema.js';
import { RULES } from '../../server/src/rules/index.js';
import { configSchema } from '../../server/src/tools/config-schema.js';

const schema = configSchema(RULES);

/** Every value that a schema names, or one of its kind. */
function samples(one: Schema): readonly unknown[] {
  if (one.enum) return one.enum;
  if (one.anyOf) return one.anyOf.flatMap(samples);
  switch (one.type) {
    case 'boolean':
      return [true, false];
    case 'number':
      return [3];
    case 'array':
      return [[]];
    case 'object': {
      const own = Object.entries(one.properties ?? {}).flatMap(([key, value]) =>
        samples(value).map(sample => ({ [key]: sample })),
      );
      const open = typeof one.additionalProperties === 'object' ? samples(one.additionalProperties) : [];
      return [...own, ...open.map(sample => ({ 'apk-cache-left': sample }))];
    }
    default:
      return ['text'];
  }
}

describe('the schema of the configuration file', () => {
  test('has the keys that are read, and no others', () => {
    expect(Object.keys(schema.properties ?? {}).sort()).toEqual(Object.keys(OWN_KEYS).sort());
  });

  test.each(Object.entries(schema.properties ?? {}))('describes %s as it is read', (key, part) => {
    for (const sample of samples(part)) {
      const text = JSON.stringify({ [key]: sample });
      expect(readConfig(text, '/.dockwright.json').problems, text).toEqual([]);
    }
  });

  test('refuses what is not read', () => {
    expect(readConfig('{ "profiles": "strict" }', '/.dockwright.json').problems).toHaveLength(1);
    expect(schema.additionalProperties).toBe(false);
  });
});
