import { FileType, Uri, workspace } from 'vscode';
import { type BaseLanguageClient, RequestType } from 'vscode-languageclient';
import {
  READ_DIRECTORY_REQUEST,
  READ_FILE_LIMIT,
  READ_FILE_REQUEST,
  type ReadDirectoryResult,
  type ReadFileResult,
  type ReadParams,
} from '../../shared/src/protocol.js';

/** Answers the server's questions about files from any file system that VS Code has open. */
export function serveFiles(client: BaseLanguageClient): void {
  client.onRequest(new RequestType<ReadParams, ReadFileResult, void>(READ_FILE_REQUEST), ({ uri }) =>
    readFile(Uri.parse(uri)),
  );
  client.onRequest(new RequestType<ReadParams, ReadDirectoryResult, void>(READ_DIRECTORY_REQUEST), ({ uri }) =>
    readDirectory(Uri.parse(uri)),
  );
}

async function readFile(uri: Uri): Promise<ReadFileResult> {
  try {
    const { size } = await workspace.fs.stat(uri);
    if (size > READ_FILE_LIMIT) return null;
    return { text: new TextDecoder().decode(await workspace.fs.readFile(uri)) };
  } catch {
    return null;
  }
}

async function readDirectory(uri: Uri): Promise<ReadDirectoryResult> {
  try {
    const entries = await workspace.fs.readDirectory(uri);
    return entries.map(([name, type]) => [name, (type & FileType.Directory) === 0 ? 'file' : 'directory'] as const);
  } catch {
    return null;
  }
}
