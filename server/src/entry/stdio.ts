import { createConnection, ProposedFeatures, StreamMessageReader } from 'vscode-languageserver/node';
import type { ShellcheckFactory } from '../lsp/shellcheck.js';
import { startServer } from '../lsp/start-server.js';
import { later } from './later.js';
import { nodeFiles } from './node-files.js';
import { OneWriteWriter } from './one-write-writer.js';

/** The language server for any editor, over standard input and output. Resolves when the input ends. */
export function serveStdio(shellcheck: ShellcheckFactory): Promise<void> {
  const reader = new StreamMessageReader(process.stdin);
  const writer = new OneWriteWriter(process.stdout);
  startServer(createConnection(ProposedFeatures.all, reader, writer), { ...nodeFiles, shellcheck, later });
  return new Promise(resolve => {
    reader.onClose(() => resolve());
  });
}
