import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCES = join(dirname(fileURLToPath(import.meta.url)), '..');
const NOT_RULES = new Set(['asked.ts', 'index.ts', 'rule.ts']);

/** A folder of rules, and what its index is made of. */
interface Kind {
  readonly folder: string;
  readonly type: string;
  /** Where the type is, as the index names it. */
  readonly from: string;
  readonly list: string;
  readonly about: string;
}

const KINDS: readonly Kind[] = [
  { folder: 'rules', type: 'Rule', from: './rule.js', list: 'RULES', about: 'Every rule about Dockerfiles' },
  {
    folder: 'compose/rules',
    type: 'ComposeRule',
    from: '../rule.js',
    list: 'COMPOSE_RULES',
    about: 'Every rule about Compose files',
  },
];

const camel = (id: string): string => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The text of an index for the rule files that are there, sorted by id. */
function ruleIndex({ folder, type, from, list, about }: Kind): string {
  const ids = readdirSync(join(SOURCES, folder))
    .filter(name => name.endsWith('.ts') && !NOT_RULES.has(name))
    .map(name => name.slice(0, -3))
    .sort();
  // By path, as the formatter sorts imports.
  const imports = [
    ...ids.map(id => ({ path: `./${id}.js`, line: `import ${camel(id)} from './${id}.js';` })),
    { path: from, line: `import type { ${type} } from '${from}';` },
  ]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(entry => entry.line);
  return [
    '// Made by `npm run generate`; one import and one line for each rule.',
    ...imports,
    '',
    `/** ${about}, sorted by id. */`,
    `export const ${list}: readonly ${type}[] = [`,
    ...ids.map(id => `  ${camel(id)},`),
    '];',
    '',
  ].join('\n');
}

/** The indexes, by path. */
export const ruleIndexes = (): ReadonlyMap<string, string> =>
  new Map(KINDS.map(kind => [join(SOURCES, kind.folder, 'index.ts'), ruleIndex(kind)]));

/** Writes those that are not what they have to be. */
export function writeRuleIndexes(): void {
  for (const [path, text] of ruleIndexes()) if (text !== readFileSync(path, 'utf8')) writeFileSync(path, text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeRuleIndexes();
