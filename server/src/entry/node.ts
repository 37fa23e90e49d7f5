import {
  type Connection,
  createConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { nodeFiles } from '../lsp/node/files.js';
import { later } from '../lsp/node/later.js';
import { watchFolder } from '../lsp/node/watch.js';
import { startServer } from '../lsp/start-server.js';
import { nodeShellcheck } from '../shellcheck/node/files.js';
import { VERSION } from './version.js';

/** Long enough to answer what was asked before the input ended. */
const ANSWERING_MS = 500;

function connect(): Connection {
  if (!process.argv.includes('--stdio')) {
    process.once('disconnect', () => process.exit());
    // The arguments say how: `--node-ipc`, `--pipe=NAME`, `--socket=PORT`.
    return createConnection(ProposedFeatures.all);
  }
  // The package, when it opens standard input itself, ends the process with it, whatever has been asked before.
  const reader = new StreamMessageReader(process.stdin);
  reader.onClose(() => setTimeout(() => process.exit(), ANSWERING_MS));
  return createConnection(ProposedFeatures.all, reader, new StreamMessageWriter(process.stdout));
}

startServer(connect(), {
  ...nodeFiles,
  watchFolder,
  version: VERSION,
  shellcheck: () => nodeShellcheck(__dirname),
  later,
});
