import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { packageExtension } from '../server/src/tools/package.js';
import { runBuilds } from './build/builds.js';
import { OUT, ROOT } from './e2e/lib/paths.js';
import { createReport, type Report } from './e2e/lib/report.js';
import { runEndToEnd } from './e2e/run.js';
import { runApps } from './harden-apps/suite.js';
import { NODE_TESTS, NODE_VERSIONS, nodeOf } from './lib/node-versions.js';
import { runProofs } from './proof/proofs.js';

/** `npm test`: builds, runs every test, and ends with one line of totals. */
async function all(): Promise<void> {
  const log = (line: string): void => console.log(line);
  const report = createReport(log);
  log('\nBuild');
  let vsix: string | undefined;
  await report.run('the extension builds and packs', async () => {
    vsix = await packageExtension(line => log(`    ${line}`));
  });
  log('\nUnit tests');
  unitTests(report);
  for (const version of NODE_VERSIONS) {
    if (process.versions.node.startsWith(`${version}.`)) continue;
    log(`\nNode.js ${version}`);
    const node = nodeOf(version);
    if (node !== undefined) unitTests(report, node, NODE_TESTS);
    else report.leaveOut(`Node.js ${version}`, `npm cannot bring the package node@${version}`);
  }
  log('\nReal image builds');
  await runBuilds({ report, log: line => log(`    ${line}`) });
  log('\nWhat the engines show');
  await runProofs({ report, log: line => log(`    ${line}`) });
  log('\nApplications before and after Harden');
  await runApps({ report, log: line => log(`    ${line}`) });
  log('\nReal VS Code');
  if (vsix === undefined) report.fail('end to end', 'there is no .vsix to test');
  else await runEndToEnd({ vsix, report, log: line => log(`    ${line}`) });
  const { passed, failed, skipped, failures } = report.totals();
  log('');
  for (const name of failures) log(`FAILED ${name}`);
  log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = failed > 0 ? 1 : 0;
}

function unitTests(report: Report, node = process.execPath, files: readonly string[] = []): void {
  mkdirSync(OUT, { recursive: true });
  const file = join(OUT, 'unit.json');
  rmSync(file, { force: true });
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...files];
  const { status } = spawnSync(node, args, { cwd: ROOT, stdio: 'inherit' });
  if (!existsSync(file)) {
    report.fail('unit tests', `vitest ended with ${status} and left no report`);
    return;
  }
  const failedBefore = report.totals().failed;
  takeVitest(JSON.parse(readFileSync(file, 'utf8')), report);
  if (status !== 0 && report.totals().failed === failedBefore) report.fail('unit tests', `vitest ended with ${status}`);
}

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

/** vitest has printed its own list already: only what did not pass is named again. */
function takeVitest({ testResults }: VitestReport, report: Report): void {
  for (const file of testResults) {
    const where = relative(ROOT, file.name);
    for (const test of file.assertionResults) {
      const name = `${where}: ${test.fullName}`;
      if (test.status === 'passed') report.count();
      else if (test.status === 'failed') report.fail(name, test.failureMessages?.[0] ?? '');
      else report.skip(name, test.status);
    }
    // A file that cannot even be loaded has no tests to show for it.
    if (file.status === 'failed' && file.assertionResults.every(test => test.status !== 'failed'))
      report.fail(where, file.message ?? '');
  }
}

await all();
