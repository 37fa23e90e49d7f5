import { createConnection, createProtocolConnection, ProposedFeatures, RAL } from 'vscode-languageserver';
import { startServer } from '../lsp/start-server.js';
import { clientFiles } from './client-files.js';
import { ParentReader, ParentWriter } from './ipc.js';
import { later } from './later.js';
import { nodeRuntime } from './node-runtime.js';
import { nodeShellcheck } from './node-shellcheck.js';
import { parentWatch } from './parent-watch.js';

RAL.install(nodeRuntime);
const connection = createConnection(
  logger => createProtocolConnection(new ParentReader(), new ParentWriter(), logger),
  parentWatch(),
  ProposedFeatures.all,
);
startServer(connection, { ...clientFiles(connection), shellcheck: () => nodeShellcheck(__dirname), later });
