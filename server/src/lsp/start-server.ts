import {
  CodeActionKind,
  type Connection,
  DidChangeConfigurationNotification,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { FIX_ALL } from '../service/actions.js';
import { createPublisher } from './diagnostics.js';
import { create, type TrackedDocument, update } from './documents.js';
import type { Host } from './host.js';
import { answerRequests } from './requests.js';
import { createSession, readAbilities } from './session.js';
import { createWorkspace } from './workspace.js';

/** Wires the language service to a connection. Everything that touches the platform comes from `host`. */
export function startServer(connection: Connection, host: Host): void {
  const documents = new TextDocuments<TrackedDocument>({ create, update });
  const workspace = createWorkspace(connection, host, () => publisher.all());
  const session = createSession({ connection, host, documents, workspace });
  const publisher = createPublisher(session);
  const { analyses, saved, shell, client } = session;

  connection.onInitialize((params): InitializeResult => {
    readAbilities(client, params);
    workspace.initialize(params);
    return {
      serverInfo: { name: 'dockwright' },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        codeActionProvider: {
          codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, FIX_ALL],
          resolveProvider: true,
        },
        hoverProvider: true,
        ...(client.pulls
          ? {
              diagnosticProvider: {
                identifier: 'dockwright',
                interFileDependencies: false,
                workspaceDiagnostics: false,
              },
            }
          : {}),
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });

  connection.onInitialized(() => {
    if (client.dynamicConfiguration)
      void connection.client.register(DidChangeConfigurationNotification.type, { section: 'dockwright' });
  });

  connection.onDidChangeConfiguration(() => workspace.refresh());
  connection.onDidChangeWatchedFiles(() => workspace.refresh());

  documents.onDidChangeContent(({ document }) => {
    saved.delete(document.uri);
    publisher.soon(document);
  });
  documents.onDidSave(({ document }) => {
    // What was half-typed before is meant now.
    saved.add(document.uri);
    publisher.soon(document);
  });
  documents.onDidClose(({ document: { uri } }) => {
    publisher.close(uri);
    analyses.forget(uri);
    saved.delete(uri);
    workspace.forget(uri);
  });

  connection.languages.diagnostics.on(({ textDocument, previousResultId }) =>
    publisher.pull(textDocument.uri, previousResultId),
  );
  answerRequests(session);
  connection.onShutdown(() => shell.dispose());

  documents.listen(connection);
  connection.listen();
}
