import type { ShellcheckFactory } from '../lsp/shellcheck.js';
import { startServer } from '../lsp/start-server.js';
import { later } from './later.js';
import { nodeConnection } from './node-connection.js';
import { nodeFiles } from './node-files.js';
import { watchFolder } from './node-watch.js';
import { OneTurnReader } from './one-turn-reader.js';
import { OneWriteWriter } from './one-write-writer.js';
import { optimiseSoon } from './optimise-soon.js';
import { standardInput } from './standard-input.js';
import { VERSION } from './version.js';

const STDOUT = 1;

/** The language server for any editor, over standard input and output. Resolves when the input ends. */
export function serveStdio(shellcheck: ShellcheckFactory): Promise<void> {
  const reader = new OneTurnReader(standardInput);
  const writer = new OneWriteWriter(process.stdout, process.platform === 'win32' ? undefined : STDOUT);
  const connection = nodeConnection(reader, writer);
  startServer(connection, { ...nodeFiles, watchFolder, version: VERSION, shellcheck, later, published: optimiseSoon });
  return new Promise(resolve => {
    reader.onClose(() => resolve());
  });
}
