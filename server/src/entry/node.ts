import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from '../lsp/start-server.js';
import { clientFiles } from './client-files.js';

const connection = createConnection(ProposedFeatures.all);
startServer(connection, { ...clientFiles(connection), shellcheck: undefined });
