import type { Connection } from 'vscode-languageserver';
import {
  READ_DIRECTORY_REQUEST,
  READ_FILE_REQUEST,
  type ReadDirectoryResult,
  type ReadFileResult,
} from '../../../shared/src/protocol.js';
import type { Host } from './host.js';

/** Reads files through the client: it knows every file system that VS Code has open, the server none. */
export function clientFiles(connection: Connection): Pick<Host, 'readFile' | 'readDirectory'> {
  // A client that went away or does not know the request: the file is not known.
  const ask = <T>(method: string, uri: string): Promise<T | null> =>
    connection.sendRequest<T>(method, { uri }).catch(() => null);
  return {
    readFile: async uri => (await ask<ReadFileResult>(READ_FILE_REQUEST, uri))?.text,
    readDirectory: async uri => (await ask<ReadDirectoryResult>(READ_DIRECTORY_REQUEST, uri)) ?? undefined,
  };
}
