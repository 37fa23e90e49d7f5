import type { ShellcheckFactory } from '../lsp/shellcheck.js';
import { startServer } from '../lsp/start-server.js';
import { clientFiles } from './client-files.js';
import { ParentReader, ParentWriter } from './ipc.js';
import { later } from './later.js';
import { nodeConnection } from './node-connection.js';

/** The language server for VS Code, over Node's channel to the process that has started this one. */
export function serveIpc(shellcheck: ShellcheckFactory): void {
  const connection = nodeConnection(new ParentReader(), new ParentWriter());
  startServer(connection, { ...clientFiles(connection), shellcheck, later });
}
