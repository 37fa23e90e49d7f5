import { createConnection, createProtocolConnection, ProposedFeatures, RAL } from 'vscode-languageserver';
import type { ShellcheckFactory } from '../lsp/shellcheck.js';
import { startServer } from '../lsp/start-server.js';
import { clientFiles } from './client-files.js';
import { ParentReader, ParentWriter } from './ipc.js';
import { later } from './later.js';
import { nodeRuntime } from './node-runtime.js';
import { parentWatch } from './parent-watch.js';

/** The language server for VS Code, over Node's channel to the process that has started this one. */
export function serveIpc(shellcheck: ShellcheckFactory): void {
  RAL.install(nodeRuntime);
  const connection = createConnection(
    logger => createProtocolConnection(new ParentReader(), new ParentWriter(), logger),
    parentWatch(),
    ProposedFeatures.all,
  );
  startServer(connection, { ...clientFiles(connection), shellcheck, later });
}
