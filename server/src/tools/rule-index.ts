import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../rules');
const NOT_RULES = new Set(['index.ts', 'rule.ts']);

const camel = (id: string): string => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The text of rules/index.ts for the rule files that are there, sorted by id. */
export function ruleIndex(): string {
  const ids = readdirSync(folder)
    .filter(name => name.endsWith('.ts') && !NOT_RULES.has(name))
    .map(name => name.slice(0, -3))
    .sort();
  // By path, as the formatter sorts imports.
  const imports = [
    ...ids.map(id => ({ id, line: `import ${camel(id)} from './${id}.js';` })),
    { id: 'rule', line: "import type { Rule } from './rule.js';" },
  ]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(entry => entry.line);
  return [
    '// Made by `npm run generate`; one import and one line for each rule.',
    ...imports,
    '',
    '/** Every rule, sorted by id. */',
    'export const RULES: readonly Rule[] = [',
    ...ids.map(id => `  ${camel(id)},`),
    '];',
    '',
  ].join('\n');
}

export const ruleIndexPath = join(folder, 'index.ts');

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = ruleIndex();
  if (text !== readFileSync(ruleIndexPath, 'utf8')) writeFileSync(ruleIndexPath, text);
}
