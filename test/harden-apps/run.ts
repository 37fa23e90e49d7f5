import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../e2e/lib/paths.js';
import { createReport } from '../e2e/lib/report.js';
import { runApps } from './suite.js';
import { hardenedPage } from './table.js';

/** `npm run test:harden [-- PART-OF-A-NAME] [-- --write]`: `--write` puts what was seen of those that hold into docs/hardened.md. */
const args = process.argv.slice(2);
const log = (line: string): void => console.log(line);
const report = createReport(log);
const only = args.find(arg => !arg.startsWith('-')) ?? '';
const checked = await runApps({ report, log: line => log(`    ${line}`), only });
const { passed, failed, skipped, failures } = report.totals();
const page = join(ROOT, 'docs/hardened.md');
if (args.includes('--write') && checked.length > 0)
  writeFileSync(page, hardenedPage(checked, readFileSync(page, 'utf8')));
for (const name of failures) log(`FAILED ${name}`);
log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 ? 1 : 0;
