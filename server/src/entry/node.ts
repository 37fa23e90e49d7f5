import type { ShellcheckFactory } from '../lsp/shellcheck.js';
import { endOnBrokenOutput } from './end-on-broken-output.js';
import { nodeShellcheck } from './node-shellcheck.js';
import { serveStdio } from './stdio.js';
import { serveIpc } from './vscode-ipc.js';

const shellcheck: ShellcheckFactory = () => nodeShellcheck(__dirname);

// Clients name the transport in the arguments.
if (process.argv.includes('--stdio')) {
  endOnBrokenOutput();
  serveStdio(shellcheck).then(() => {
    // What is not written yet keeps the process.
    if (process.stdout.writableLength === 0) process.exit();
  });
} else serveIpc(shellcheck);
