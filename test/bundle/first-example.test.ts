import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RULES } from '../../server/src/rules/index.js';
import { withFirstExample } from '../../server/src/tools/first-example.js';

const FOLDER = join(import.meta.dirname, '../../server/src/rules');

describe('the examples in a bundle', () => {
  test.each(RULES.map(rule => [rule.id, rule.examples.bad[0]]))('%s: the first one is left as it is', (id, first) => {
    const path = join(FOLDER, `${id}.ts`);
    const line = withFirstExample(readFileSync(path, 'utf8'), path).match(/^ {2}examples: (.*),$/m)?.[1];
    expect(JSON.parse(line ?? '')).toEqual({ bad: first ? [first] : [], good: [] });
  });

  test('every rule is found', () => {
    const files = readdirSync(FOLDER)
      .filter(name => name.endsWith('.ts'))
      .filter(name => readFileSync(join(FOLDER, name), 'utf8').includes('defineRule({'));
    expect(files.map(name => name.replace('.ts', '')).sort()).toEqual(RULES.map(rule => rule.id).sort());
  });

  test.each([
    ['none', 'export default defineRule({\n});\n', 'expected one property'],
    ['two', '  examples: {\n    bad: [],\n  },\n  examples: {\n    bad: [],\n  },\n', 'expected one property'],
    ['what is not literal', '  examples: {\n    bad: SHARED,\n  },\n', 'have to be literals'],
  ])('%s stops the build', (_, text, message) => {
    expect(() => withFirstExample(text, 'a.ts')).toThrow(message);
  });
});
