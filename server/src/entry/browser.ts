import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
  ProposedFeatures,
} from 'vscode-languageserver/browser';
import { startServer } from '../lsp/start-server.js';
import { createWebHost } from '../shellcheck/web/spawn.js';
import { VERSION } from './version.js';

const connection = createConnection(
  ProposedFeatures.all,
  new BrowserMessageReader(self),
  new BrowserMessageWriter(self),
);
startServer(connection, {
  version: VERSION,
  // A worker has no files of its own; our client reads them for it.
  readFile: async () => undefined,
  readDirectory: async () => undefined,
  shellcheck: files => files && createWebHost(files),
  // Messages are tasks of their own here, so a task comes after those that wait.
  later: work => void setTimeout(work, 0),
});
