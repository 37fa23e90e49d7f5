import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from '../lsp/start-server.js';
import { clientFiles } from './client-files.js';
import { later } from './later.js';
import { nodeShellcheck } from './node-shellcheck.js';

const connection = createConnection(ProposedFeatures.all);
startServer(connection, { ...clientFiles(connection), shellcheck: () => nodeShellcheck(__dirname), later });
