import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { bundle } from '../../server/src/tools/bundle.js';
import { E2E, ROOT } from './lib/paths.js';
import { buildSuites } from './lib/suite.js';

/** The API suite in the VS Code of the desktop, on machines that can download it: `tsx test/e2e/electron.ts [VERSION]`. */
const [version = 'stable'] = process.argv.slice(2);
await bundle({ shellcheck: true, log: () => {} });
const suites = await buildSuites();
const folder = mkdtempSync(join(tmpdir(), 'dockwright-files-'));
try {
  cpSync(join(E2E, 'workspace'), folder, { recursive: true });
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  process.exitCode = await runTests({
    version,
    extensionDevelopmentPath: ROOT,
    extensionTestsPath: suites.node,
    launchArgs: [folder, '--disable-extensions', ...root],
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
