import Mocha from 'mocha';
import { summarize } from './summary.js';

/** What @vscode/test-electron, and VS Code's `extensionTestsPath`, call in the extension host of the desktop. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', color: false, timeout: 60_000 });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await import('./tests.js');
  await import('./explain-desktop.test.js');
  await summarize(done => mocha.run(done));
}
