import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeRuleIndexes } from './rule-index.js';

/** A rule that reports one kind of instruction, ready to be changed: it compiles, and its own example passes. */
const template = (id: string, version: string): string => `import { defineRule } from './rule.js';

export default defineRule({
  id: '${id}',
  codes: [],
  summary: 'STOPSIGNAL SIGKILL gives the program no chance to end well.',
  rationale: 'Say in two or three sentences why this matters, with a link where one helps.',
  category: 'correctness',
  practice: 'clarity',
  severity: 'warning',
  // New rules enter as hints or in \`all\` for one minor release.
  profile: 'all',
  since: '${version}',
  examples: {
    bad: [{ code: 'FROM debian:12\\n«STOPSIGNAL SIGKILL»\\n' }],
    good: [{ code: 'FROM debian:12\\nSTOPSIGNAL SIGTERM\\n', why: 'The program may catch it.' }],
  },
  // Or \`command: ['curl']\`, \`stage: {…}\`, \`file: {…}\`; see rules/asked.ts. Without these words there is nothing to report.
  instruction: { keywords: ['STOPSIGNAL'], words: ['sigkill'] },
  check({ instruction, report }) {
    if (instruction.arguments.text !== 'SIGKILL') return;
    report({ span: { start: 0, end: instruction.argumentsSpan.end }, message: 'Use a signal that the program can catch, such as SIGTERM.' });
  },
});
`;

const id = process.argv[2];
if (!id || !/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id)) {
  console.error(
    'Give the rule an id in kebab case that names the problem: npm run new-rule -- apt-get-install-without-yes',
  );
  process.exit(2);
}
const here = dirname(fileURLToPath(import.meta.url));
const path = join(here, '../rules', `${id}.ts`);
if (existsSync(path)) {
  console.error(`There is a rule ${id} already.`);
  process.exit(2);
}
const manifest = JSON.parse(readFileSync(join(here, '../../../package.json'), 'utf8')) as { version: string };
writeFileSync(path, template(id, manifest.version));
writeRuleIndexes();
console.log(`Wrote server/src/rules/${id}.ts and registered it.
Next:
  1. Write the bad and good examples; «…» marks what is reported, \`fixed\` is the file after the first fix.
  2. Run them: npx vitest run ${id}
  3. Update docs, tables and schema: npm run generate`);
