import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../e2e/lib/paths.js';
import { createReport } from '../e2e/lib/report.js';
import { PROOFS } from './cases/index.js';
import { runProofs } from './proofs.js';
import { proofPage } from './table.js';

/** `npm run test:proof [-- PART-OF-A-NAME] [-- --write]`: `--write` makes docs/proof.md. */
const args = process.argv.slice(2);
const log = (line: string): void => console.log(line);
const report = createReport(log);
const only = args.find(arg => !arg.startsWith('-')) ?? '';
const { engines, proven } = await runProofs({ report, log: line => log(`    ${line}`), only });
const { passed, failed, skipped, failures } = report.totals();
// A page with gaps would say less than the one that is there.
const complete = failed === 0 && proven.size === Object.values(PROOFS).flat().length;
if (args.includes('--write') && complete) writeFileSync(join(ROOT, 'docs/proof.md'), proofPage(proven, engines));
for (const name of failures) log(`FAILED ${name}`);
log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 ? 1 : 0;
