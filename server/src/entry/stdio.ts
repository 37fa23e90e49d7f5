import { createConnection, createProtocolConnection, ProposedFeatures, RAL } from 'vscode-languageserver';
import type { ShellcheckFactory } from '../lsp/shellcheck.js';
import { startServer } from '../lsp/start-server.js';
import { later } from './later.js';
import { nodeFiles } from './node-files.js';
import { nodeRuntime } from './node-runtime.js';
import { OneTurnReader } from './one-turn-reader.js';
import { OneWriteWriter } from './one-write-writer.js';
import { optimiseSoon } from './optimise-soon.js';
import { parentWatch } from './parent-watch.js';
import { standardInput } from './standard-input.js';

const STDOUT = 1;

/**
 * The language server for any editor, over standard input and output. Resolves when the input ends. The protocol package
 * has an entry of its own for Node.js, which also loads what it takes for sockets, pipes and child processes, and that
 * takes a tenth of the time to the first diagnostics.
 */
export function serveStdio(shellcheck: ShellcheckFactory): Promise<void> {
  RAL.install(nodeRuntime);
  const reader = new OneTurnReader(standardInput);
  const writer = new OneWriteWriter(process.stdout, process.platform === 'win32' ? undefined : STDOUT);
  const connection = createConnection(
    logger => createProtocolConnection(reader, writer, logger),
    parentWatch(),
    ProposedFeatures.all,
  );
  startServer(connection, { ...nodeFiles, shellcheck, later, published: optimiseSoon });
  return new Promise(resolve => {
    reader.onClose(() => resolve());
  });
}
