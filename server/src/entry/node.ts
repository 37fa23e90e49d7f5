import { join } from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from '../lsp/start-server.js';
import { createNodeHost } from '../shellcheck/node/spawn.js';
import { clientFiles } from './client-files.js';

const connection = createConnection(ProposedFeatures.all);
const shellcheck = {
  worker: join(__dirname, 'shellcheck-worker.cjs'),
  wasm: join(__dirname, 'shellcheck.wasm'),
};
startServer(connection, { ...clientFiles(connection), shellcheck: () => createNodeHost(shellcheck) });
