import { describe, expect, test } from 'vitest';
import { namesOf } from '../../server/src/tools/named-imports.js';

describe('the names that a file imports from a package', () => {
  test('are those of values, from all its imports', () => {
    const source = `import { type A, B, c } from 'some';\nimport type { D } from 'some';\nimport { E } from 'other';\nimport {\n  F,\n  type G,\n} from 'some';\n`;
    expect(namesOf(source, 'some')).toEqual(['B', 'c', 'F']);
  });

  test.each(["import * as all from 'some';", "import { a as b } from 'some';", "export { a } from 'some';"])(
    'have to be written out: %s',
    source => {
      expect(() => namesOf(`${source}\n`, 'some')).toThrow('cannot read');
    },
  );
});
