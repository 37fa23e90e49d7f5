import { join } from 'node:path';
import { main } from '../cli/main.js';
import { createShellcheckPool } from '../shellcheck/index.js';
import { createNodeHost } from '../shellcheck/node/spawn.js';
import { nodeIo } from './node-io.js';

const shellcheck = {
  worker: join(__dirname, 'shellcheck-worker.cjs'),
  wasm: join(__dirname, 'shellcheck.wasm'),
};

main(process.argv.slice(2), {
  ...nodeIo(),
  shellcheck: jobs => createShellcheckPool(createNodeHost(shellcheck), { size: jobs }),
  // Loaded only for `lsp`: nothing else needs the protocol's packages.
  lsp: async () => (await import('./stdio.js')).serveStdio(() => createNodeHost(shellcheck)),
}).then(code => {
  process.exitCode = code;
});
