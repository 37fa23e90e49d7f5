import { join } from 'node:path';
import { ROOT } from '../e2e/lib/paths.js';
import { createReport } from '../e2e/lib/report.js';
import { need } from '../lib/execute.js';
import { runBuilds } from './builds.js';
import { builtTable, writeTable } from './table.js';

/** `npm run test:builds [-- PART-OF-A-NAME] [-- --write]`: `--write` puts the table into the README. */
const args = process.argv.slice(2);
const log = (line: string): void => console.log(line);
const report = createReport(log);
const only = args.find(arg => !arg.startsWith('-')) ?? '';
const { engine, rows } = await runBuilds({ report, log: line => log(`    ${line}`), only });
const { passed, failed, skipped, failures } = report.totals();
// A table with gaps would say less than the one that is there.
const complete = failed === 0 && skipped === 0 && only === '';
if (engine) {
  const table = builtTable(rows, engine);
  log(`\n${table}\n`);
  if (args.includes('--write') && complete) {
    const readme = join(ROOT, 'README.md');
    writeTable(readme, table);
    // The formatter aligns tables, and a later check would complain.
    await need(process.execPath, [join(ROOT, 'node_modules/@biomejs/biome/bin/biome'), 'format', '--write', readme]);
  }
}
for (const name of failures) log(`FAILED ${name}`);
log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 ? 1 : 0;
