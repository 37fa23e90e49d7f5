import { main } from '../cli/main.js';
import { createShellcheckPool } from '../shellcheck/index.js';
import { nodeIo } from './node-io.js';
import { nodeShellcheck } from './node-shellcheck.js';

const io = nodeIo();
const host = nodeShellcheck(__dirname);
const onUnavailable = (reason: string): void => io.err(`dockwright: ShellCheck is not available: ${reason}\n`);

// Nobody waits for a key here, and what is found must not depend on how busy the machine is.
const PATIENT = { firstLintMs: 30_000, lintMs: 20_000 };

main(process.argv.slice(2), {
  ...io,
  ...(host ? { shellcheck: jobs => createShellcheckPool(host, { size: jobs, onUnavailable, limits: PATIENT }) } : {}),
  // Loaded only for `lsp`: nothing else needs the protocol's packages.
  lsp: async () => (await import('./stdio.js')).serveStdio(() => host),
}).then(code => {
  process.exitCode = code;
});
