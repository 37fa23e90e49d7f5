import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { COMPOSE_RULES } from '../compose/rules/index.js';
import { ALL_RULES } from '../profiles/rule-names.js';
import { RULES } from '../rules/index.js';
import { commandPage } from './command-page.js';
import { configSchema, configTable, rulesSchema } from './config-schema.js';
import { ruleIndexes } from './rule-index.js';
import { comparisonTable, rulePages, ruleTable } from './rule-pages.js';
import { shellcheckPage } from './shellcheck-page.js';
import { syntaxPage } from './syntax-page.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const at = (path: string): string => join(root, path);

/** Text between `<!-- name -->` and `<!-- /name -->` replaced; everything else stays a person's. */
function between(text: string, name: string, content: string): string {
  const open = `<!-- ${name} -->`;
  const close = `<!-- /${name} -->`;
  const from = text.indexOf(open);
  const to = text.indexOf(close);
  if (from < 0 || to < from) throw new Error(`the markers ${open} and ${close} are missing`);
  return `${text.slice(0, from + open.length)}\n${content}\n${text.slice(to)}`;
}

function manifest(text: string): string {
  const parsed = JSON.parse(text) as {
    contributes?: { configuration?: { properties?: Record<string, Record<string, unknown>> } };
  };
  const setting = parsed.contributes?.configuration?.properties?.['dockwright.rules'];
  if (!setting) return text;
  setting['properties'] = rulesSchema(ALL_RULES);
  return `${JSON.stringify(parsed, null, 2)}\n`;
}

/** Every generated file with the text it has to have. */
function generated(): Map<string, string> {
  const files = new Map<string, string>();
  for (const [path, text] of ruleIndexes()) files.set(path, text);
  for (const [id, page] of rulePages(ALL_RULES)) files.set(at(`docs/rules/${id}.md`), page);
  files.set(
    at('docs/rules/README.md'),
    `# Rules\n\n## Dockerfiles\n\n${ruleTable(RULES, '')}\n\nBeside them, [ShellCheck’s codes](shellcheck.md), and [what needs which \`# syntax=\`](../syntax-versions.md).\n\n## Compose files\n\n${ruleTable(COMPOSE_RULES, '')}\n`,
  );
  files.set(at('docs/rules/shellcheck.md'), shellcheckPage());
  files.set(at('docs/syntax-versions.md'), syntaxPage());
  files.set(at('docs/command-line.md'), commandPage());
  const schema = configSchema(ALL_RULES);
  files.set(at('docs/dockwright.schema.json'), `${JSON.stringify(schema, null, 2)}\n`);
  const guide = readFileSync(at('docs/configuration.md'), 'utf8');
  files.set(at('docs/configuration.md'), between(guide, 'keys', configTable(schema)));
  files.set(at('docs/comparison.md'), comparisonTable(RULES, COMPOSE_RULES));
  files.set(at('README.md'), between(readFileSync(at('README.md'), 'utf8'), 'rules', ruleTable(RULES, 'docs/rules/')));
  files.set(at('package.json'), manifest(readFileSync(at('package.json'), 'utf8')));
  return files;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

const check = process.argv.includes('--check');
const files = generated();
mkdirSync(at('docs/rules'), { recursive: true });
const stale = readdirSync(at('docs/rules'))
  .map(name => at(`docs/rules/${name}`))
  .filter(path => path.endsWith('.md') && !files.has(path));
const changed = [...files].filter(([path, text]) => read(path) !== text);
if (check) {
  const wrong = [...changed.map(([path]) => path), ...stale].map(path => relative(root, path));
  if (wrong.length > 0) {
    console.error(`These generated files are out of date:\n  ${wrong.join('\n  ')}\nRun: npm run generate`);
    process.exit(1);
  }
} else {
  for (const path of stale) rmSync(path);
  for (const [path, text] of changed) writeFileSync(path, text);
  console.log(
    changed.length + stale.length === 0
      ? 'Everything is up to date.'
      : `Wrote ${changed.length} files, removed ${stale.length}.`,
  );
}
