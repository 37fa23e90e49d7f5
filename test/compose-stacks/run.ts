import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../e2e/lib/paths.js';
import { createReport } from '../e2e/lib/report.js';
import { runStacks } from './suite.js';
import { stacksPage } from './table.js';

/** `npm run test:stacks [-- PART-OF-A-NAME] [-- --write]`: `--write` makes docs/hardened-stacks.md, when all were run and hold. */
const args = process.argv.slice(2);
const log = (line: string): void => console.log(line);
const report = createReport(log);
const only = args.find(arg => !arg.startsWith('-'));
const checked = await runStacks({
  report,
  log: line => log(`    ${line}`),
  ...(only === undefined ? {} : { only }),
});
const { passed, failed, skipped, failures } = report.totals();
if (args.includes('--write') && only === undefined && failed === 0 && checked.length > 0)
  writeFileSync(join(ROOT, 'docs/hardened-stacks.md'), stacksPage(checked));
for (const name of failures) log(`FAILED ${name}`);
log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 ? 1 : 0;
