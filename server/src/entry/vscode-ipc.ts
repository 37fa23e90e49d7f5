import type { ShellcheckFactory } from '../lsp/shellcheck.js';
import { startServer } from '../lsp/start-server.js';
import { ParentReader, ParentWriter } from './ipc.js';
import { later } from './later.js';
import { nodeConnection } from './node-connection.js';
import { nodeFiles } from './node-files.js';
import { watchFolder } from './node-watch.js';
import { VERSION } from './version.js';

/** The language server for VS Code, over Node's channel to the process that has started this one. */
export function serveIpc(shellcheck: ShellcheckFactory): void {
  const connection = nodeConnection(new ParentReader(), new ParentWriter());
  startServer(connection, { ...nodeFiles, watchFolder, version: VERSION, shellcheck, later });
}
