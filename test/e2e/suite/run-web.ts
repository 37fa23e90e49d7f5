import 'mocha/mocha';
import { summarize } from './summary.js';

mocha.setup({ ui: 'tdd', reporter: 'spec', color: false, timeout: 60_000 });

declare const module: { exports: unknown };

/** The same in the web worker; there mocha is its own browser build. */
async function run(): Promise<void> {
  await import('./tests.js');
  await import('./shellcheck-web.test.js');
  await summarize(done => mocha.run(done));
}

// Not by `export`: mocha's module wrapper puts itself instead of the bundle's exports.
module.exports = { run };
