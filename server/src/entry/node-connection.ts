import {
  type Connection,
  createConnection,
  createProtocolConnection,
  type MessageReader,
  type MessageWriter,
  ProposedFeatures,
  RAL,
} from 'vscode-languageserver';
import { nodeRuntime } from './node-runtime.js';
import { parentWatch } from './parent-watch.js';

/**
 * A connection of the language server in a process of Node.js. The protocol package has an entry of its own for that, which
 * also loads what it takes for sockets, pipes and child processes, and that takes a tenth of the time to the first
 * diagnostics.
 */
export function nodeConnection(reader: MessageReader, writer: MessageWriter): Connection {
  RAL.install(nodeRuntime);
  return createConnection(
    logger => createProtocolConnection(reader, writer, logger),
    parentWatch(),
    ProposedFeatures.all,
  );
}
