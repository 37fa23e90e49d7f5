import {
  CodeActionKind,
  type Connection,
  DidChangeConfigurationNotification,
  type DocumentDiagnosticParams,
  ErrorCodes,
  type InitializeError,
  type InitializeResult,
  ResponseError,
  TextDocumentSaveReason,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { FIX_ALL_KIND, HARDEN_KIND, SERVER_COMMANDS } from '../../../shared/src/protocol.js';
import { abilitiesOf } from './abilities.js';
import { answering, OF_DOCUMENT } from './answering.js';
import { clientFiles } from './client-files.js';
import { createPublisher } from './diagnostics.js';
import { create, type TrackedDocument, update } from './documents.js';
import { answerFeatures, LANGUAGE_FEATURES } from './features.js';
import type { Host } from './host.js';
import { answerRequests } from './requests.js';
import { createSession } from './session.js';
import { canonical, parseUri } from './uris.js';
import { watchByClient } from './watching.js';
import { createWorkspace } from './workspace.js';

/** Wires the language service to a connection. Everything that touches the platform comes from `host`. */
export function startServer(connection: Connection, platform: Host): void {
  const host: Host = { ...platform, ...filesFrom(platform, clientFiles(connection), () => client.readsFiles) };
  const documents = new TextDocuments<TrackedDocument>({
    create,
    update: (document, changes, version) => update(document, changes, version, client.counting),
  });
  // Clients spell one URI in several ways.
  const openText = (uri: string): string | undefined =>
    (documents.get(uri) ?? documents.all().find(one => canonical(one.uri) === canonical(uri)))?.document.getText();
  const workspace = createWorkspace(connection, host, () => publisher.all(), openText);
  const session = createSession({ connection, host, documents, workspace });
  const publisher = createPublisher(session);
  const { analyses, composeAnalyses, saved, shell, typing, client } = session;

  /** What is unsaved in an ignore file that is open counts for the Dockerfiles beside it. */
  const neighbourChanged = ({ uri }: TrackedDocument): void => {
    if (parseUri(uri).path.endsWith('.dockerignore')) workspace.refresh();
  };

  connection.onInitialize((params): InitializeResult | ResponseError<InitializeError> => {
    if (session.phase !== 'new') return alreadyInitialized();
    session.phase = 'running';
    Object.assign(client, abilitiesOf(params));
    workspace.initialize(params);
    return {
      serverInfo: { name: 'dockwright', version: host.version },
      capabilities: {
        positionEncoding: client.counting,
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, willSave: true, save: true },
        codeActionProvider: {
          codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, FIX_ALL_KIND, HARDEN_KIND],
          resolveProvider: true,
        },
        hoverProvider: true,
        ...LANGUAGE_FEATURES,
        executeCommandProvider: { commands: Object.values(SERVER_COMMANDS) },
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
      connection.client
        .register(DidChangeConfigurationNotification.type, { section: 'dockwright' })
        .catch((error: unknown) => connection.console.warn(`Changes of settings are not followed: ${error}`));
    if (client.watchesFiles) watchByClient(connection).catch(() => workspace.watchFiles());
    if (client.tellsFolders) connection.workspace.onDidChangeWorkspaceFolders(event => workspace.foldersChanged(event));
  });

  connection.onDidChangeConfiguration(({ settings }) => workspace.settingsChanged(settings));
  connection.onDidChangeWatchedFiles(() => workspace.refresh());

  documents.onDidChangeContent(({ document }) => {
    saved.delete(document.uri);
    publisher.soon(document);
    neighbourChanged(document);
  });
  // An editor that saves by itself after some seconds says nothing about what is half-typed.
  const savedByItself = new Set<string>();
  documents.onWillSave(({ document: { uri }, reason }) => {
    if (reason === TextDocumentSaveReason.AfterDelay) savedByItself.add(uri);
  });
  documents.onDidSave(({ document }) => {
    saved.add(document.uri);
    // Where nobody tells of changed files, saving is how a person asks for another look.
    if (!workspace.isWatchedByClient() || workspace.namesOthers(document.uri)) workspace.reread(document.uri);
    if (!savedByItself.delete(document.uri)) typing.settle(document);
    publisher.again(document);
  });
  documents.onDidClose(({ document }) => {
    const { uri } = document;
    neighbourChanged(document);
    publisher.close(uri);
    analyses.forget(uri);
    composeAnalyses.forget(uri);
    saved.delete(uri);
    savedByItself.delete(uri);
    typing.forget(uri);
    workspace.forget(uri);
  });

  connection.languages.diagnostics.on(
    answering(
      () => session.phase,
      OF_DOCUMENT,
      ({ textDocument, previousResultId }: DocumentDiagnosticParams) =>
        publisher.pull(textDocument.uri, previousResultId),
    ),
  );
  answerFeatures(session);
  answerRequests(session, publisher);
  connection.onShutdown(() => {
    session.phase = 'shut down';
    shell.dispose();
  });

  documents.listen(connection);
  connection.listen();
}

type Files = Pick<Host, 'readFile' | 'readDirectory'>;

/** Files as the server reads them, or as the client does: which of the two is known with `initialize`. */
function filesFrom(server: Files, client: Files, clientReads: () => boolean): Files {
  const files = (): Files => (clientReads() ? client : server);
  return { readFile: uri => files().readFile(uri), readDirectory: uri => files().readDirectory(uri) };
}

const alreadyInitialized = (): ResponseError<InitializeError> =>
  new ResponseError(ErrorCodes.InvalidRequest, 'The server has been initialized already.', { retry: false });
