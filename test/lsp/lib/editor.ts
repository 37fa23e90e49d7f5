import { PassThrough } from 'node:stream';
import {
  ApplyWorkspaceEditRequest,
  CancellationToken,
  type CodeAction,
  type CodeActionContext,
  CodeActionRequest,
  CodeActionResolveRequest,
  CodeActionTriggerKind,
  type Command,
  ConfigurationRequest,
  createProtocolConnection,
  createConnection as createServerConnection,
  type Diagnostic,
  DiagnosticRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DidSaveTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExecuteCommandRequest,
  type Hover,
  HoverRequest,
  InitializedNotification,
  type InitializeParams,
  InitializeRequest,
  type InitializeResult,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type Range,
  type Registration,
  RegistrationRequest,
  type ShowDocumentParams,
  ShowDocumentRequest,
  ShowMessageNotification,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { Host } from '../../../server/src/lsp/host.js';
import { startServer } from '../../../server/src/lsp/start-server.js';
import { canonical } from '../../../server/src/lsp/uris.js';
import type { WorkerHost } from '../../../server/src/shellcheck/index.js';
import { type LineIndex, lineIndex, offsetAt } from '../../../server/src/text/line-index.js';
import {
  HARDEN_REQUEST,
  type HardenResult,
  STATUS_NOTIFICATION,
  type StatusParams,
} from '../../../shared/src/protocol.js';
import { mark } from '../../lib/markers.js';

export const URI = 'file:///work/app/Dockerfile';

export interface EditorOptions {
  readonly files?: Readonly<Record<string, string>>;
  readonly settings?: unknown;
  /** What the client can do with diagnostics. */
  readonly pull?: boolean;
  readonly shellcheck?: WorkerHost;
  /** It asks for the edit of an action when the action is chosen. */
  readonly resolves?: boolean;
  /** When the server goes on with what it has put off. */
  readonly later?: Host['later'];
  /** What the server watches files with, for a client that does not. */
  readonly watchFolder?: NonNullable<Host['watchFolder']>;
  /** What `initialize` says instead of what our own editor says. */
  readonly start?: Partial<InitializeParams>;
  /** Requests that it answers with an error. */
  readonly refuses?: readonly string[];
}

const ACTIONS = { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } };

export const CAPABILITIES: InitializeParams['capabilities'] = {
  window: { showDocument: { support: true } },
  workspace: {
    applyEdit: true,
    workspaceEdit: { documentChanges: true, resourceOperations: ['create'], changeAnnotationSupport: {} },
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
  },
  textDocument: { codeAction: ACTIONS, publishDiagnostics: { versionSupport: true } },
};

/** An editor on the other end of a real connection, over streams, as an LSP client speaks. */
export class Editor {
  readonly published: {
    readonly uri: string;
    readonly version: number | undefined;
    readonly diagnostics: readonly Diagnostic[];
  }[] = [];
  readonly statuses: StatusParams[] = [];
  readonly logs: string[] = [];
  /** What the server asked the client to do from now on. */
  readonly registrations: Registration[] = [];
  /** Messages to the person. */
  readonly shown: string[] = [];
  /** Edits that the server sent by itself. */
  readonly applied: WorkspaceEdit[] = [];
  /** Pages and files that it asked to be shown. */
  readonly opened: ShowDocumentParams[] = [];
  /** What the client says when it is asked for these. */
  works = true;
  readonly #texts = new Map<string, { text: string; version: number }>();
  #waiting: (() => void)[] = [];
  refreshes = 0;

  private constructor(
    readonly connection: ProtocolConnection,
    readonly initialized: InitializeResult,
    private readonly state: { settings: unknown },
    /** By URI; a test may change them. */
    readonly files: Record<string, string>,
  ) {}

  /** The client's end of a connection on which nothing has been said. */
  static connect(): ProtocolConnection {
    return Editor.#connect({}).connection;
  }

  static #connect(options: EditorOptions) {
    const up = new PassThrough();
    const down = new PassThrough();
    const files: Record<string, string> = { ...options.files };
    const host: Host = {
      version: '1.2.3',
      readFile: async uri => Object.entries(files).find(([path]) => canonical(path) === canonical(uri))?.[1],
      readDirectory: async uri => {
        const prefix = uri.endsWith('/') ? uri : `${uri}/`;
        const names = new Map<string, 'file' | 'directory'>();
        for (const path of Object.keys(files)) {
          if (!path.startsWith(prefix)) continue;
          const rest = path.slice(prefix.length);
          const slash = rest.indexOf('/');
          names.set(slash < 0 ? rest : rest.slice(0, slash), slash < 0 ? 'file' : 'directory');
        }
        return names.size === 0 ? undefined : [...names];
      },
      shellcheck: options.shellcheck ? () => options.shellcheck : undefined,
      later: options.later ?? setImmediate,
      ...(options.watchFolder ? { watchFolder: options.watchFolder } : {}),
    };
    startServer(createServerConnection(new StreamMessageReader(up), new StreamMessageWriter(down)), host);
    const connection = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    const state = { settings: options.settings ?? null };
    const pending: Editor[] = [];
    connection.onRequest(ConfigurationRequest.type, params => params.items.map(() => state.settings));
    connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
      for (const editor of pending) editor.registrations.push(...registrations);
    });
    connection.onRequest(DiagnosticRefreshRequest.type, () => {
      for (const editor of pending) editor.refreshes++;
    });
    connection.onRequest(ApplyWorkspaceEditRequest.type, ({ edit }) => {
      for (const editor of pending) editor.applied.push(edit);
      return { applied: pending.every(editor => editor.works) };
    });
    connection.onRequest(ShowDocumentRequest.type, params => {
      for (const editor of pending) editor.opened.push(params);
      return { success: pending.every(editor => editor.works) };
    });
    connection.onNotification(PublishDiagnosticsNotification.type, params => {
      for (const editor of pending)
        editor.#arrived(() =>
          editor.published.push({ uri: params.uri, version: params.version, diagnostics: params.diagnostics }),
        );
    });
    connection.onNotification(STATUS_NOTIFICATION, (params: StatusParams) => {
      for (const editor of pending) editor.statuses.push(params);
    });
    connection.onNotification(ShowMessageNotification.type, ({ message }) => {
      for (const editor of pending) editor.shown.push(message);
    });
    connection.onNotification('window/logMessage', (params: { message: string }) => {
      for (const editor of pending) editor.logs.push(params.message);
    });
    for (const method of options.refuses ?? [])
      connection.onRequest(method, () => {
        throw new Error('no');
      });
    connection.listen();
    return { connection, state, files, pending };
  }

  static async open(options: EditorOptions = {}): Promise<Editor> {
    const { connection, state, files, pending } = Editor.#connect(options);
    const initialized = await connection.sendRequest(InitializeRequest.type, {
      processId: null,
      rootUri: 'file:///work/app',
      workspaceFolders: [{ uri: 'file:///work/app', name: 'app' }],
      capabilities: {
        ...CAPABILITIES,
        textDocument: {
          ...CAPABILITIES.textDocument,
          ...(options.pull ? { diagnostic: {} } : {}),
          ...(options.resolves
            ? { codeAction: { ...ACTIONS, dataSupport: true, resolveSupport: { properties: ['edit'] } } }
            : {}),
        },
      },
      initializationOptions: { status: true },
      ...options.start,
    });
    const editor = new Editor(connection, initialized, state, files);
    pending.push(editor);
    await connection.sendNotification(InitializedNotification.type, {});
    return editor;
  }

  #arrived(record: () => void): void {
    record();
    for (const wake of this.#waiting.splice(0)) wake();
  }

  async type(text: string, uri = URI, languageId = 'dockerfile'): Promise<void> {
    const known = this.#texts.get(uri);
    const version = (known?.version ?? 0) + 1;
    this.#texts.set(uri, { text, version });
    if (!known) {
      await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId, version, text },
      });
    } else {
      await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      });
    }
  }

  /** Replaces a range of the open text, as typing does. */
  async edit(range: Range, text: string, uri = URI): Promise<void> {
    await this.edits([[range, text]], uri);
  }

  /** Several edits in one message; each counts in what the one before it has made. */
  async edits(edits: readonly (readonly [Range, string])[], uri = URI): Promise<void> {
    const known = this.#texts.get(uri);
    if (!known) throw new Error('not open');
    let { text } = known;
    for (const [range, inserted] of edits) {
      const index = this.#index(text);
      text = text.slice(0, offsetAt(index, range.start)) + inserted + text.slice(offsetAt(index, range.end));
    }
    const version = known.version + 1;
    this.#texts.set(uri, { text, version });
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges: edits.map(([range, inserted]) => ({ range, text: inserted })),
    });
  }

  /** Positions count as the server says. */
  #index(text: string): LineIndex {
    return lineIndex(text, this.initialized.capabilities.positionEncoding === 'utf-8' ? 'utf-8' : 'utf-16');
  }

  async save(uri = URI): Promise<void> {
    await this.connection.sendNotification(DidSaveTextDocumentNotification.type, { textDocument: { uri } });
  }

  async close(uri = URI): Promise<void> {
    this.#texts.delete(uri);
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
  }

  textOf(uri = URI): string {
    return this.#texts.get(uri)?.text ?? '';
  }

  /** The findings of the current version, once they have arrived. */
  async diagnostics(uri = URI): Promise<readonly Diagnostic[]> {
    const version = this.#texts.get(uri)?.version;
    for (;;) {
      const found = this.published.findLast(entry => entry.uri === uri && entry.version === version);
      if (found) return found.diagnostics;
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`no diagnostics for version ${version} of ${uri}`)), 30_000);
        this.#waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  /** The rules of the findings that arrived last. */
  latest(uri = URI): readonly unknown[] | undefined {
    return this.published.findLast(entry => entry.uri === uri)?.diagnostics.map(({ code }) => code);
  }

  async pulled(uri = URI): Promise<readonly Diagnostic[]> {
    const report = await this.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
    return report.kind === 'full' ? report.items : [];
  }

  /** The text with «…» around what has one of the given rules. */
  async marked(rule: string): Promise<string> {
    const diagnostics = (await this.diagnostics()).filter(diagnostic => diagnostic.code === rule);
    const index = this.#index(this.textOf());
    return mark(
      this.textOf(),
      diagnostics.map(({ range }) => ({ start: offsetAt(index, range.start), end: offsetAt(index, range.end) })),
    );
  }

  async actions(range: Range, only?: string[], uri = URI): Promise<CodeAction[]> {
    const all = await this.menu(range, only ? { only } : {}, CancellationToken.None, uri);
    return all.filter((action): action is CodeAction => typeof action.command !== 'string');
  }

  async menu(
    range: Range,
    context: Partial<CodeActionContext> = {},
    token = CancellationToken.None,
    uri = URI,
  ): Promise<(CodeAction | Command)[]> {
    const params = { textDocument: { uri }, range, context: { diagnostics: [], ...context } };
    return (await this.connection.sendRequest(CodeActionRequest.type, params, token)) ?? [];
  }

  async run(command: string, ...values: unknown[]): Promise<unknown> {
    return this.connection.sendRequest(ExecuteCommandRequest.type, { command, arguments: values });
  }

  /** Asks as an editor does for the light bulb when the cursor has moved. */
  async lightBulb(range: Range): Promise<void> {
    await this.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: URI },
      range,
      context: { diagnostics: [], triggerKind: CodeActionTriggerKind.Automatic },
    });
  }

  async resolve(action: CodeAction): Promise<CodeAction> {
    return this.connection.sendRequest(CodeActionResolveRequest.type, action);
  }

  /** The text after the edits of an action to this document. */
  after(action: Pick<CodeAction, 'edit'>): string {
    const versioned = (action.edit?.documentChanges ?? [])
      .filter((change): change is TextDocumentEdit => 'textDocument' in change && change.textDocument.uri === URI)
      .flatMap(change => change.edits as TextEdit[]);
    const index = this.#index(this.textOf());
    return [...versioned, ...(action.edit?.changes?.[URI] ?? [])]
      .map(edit => ({
        start: offsetAt(index, edit.range.start),
        end: offsetAt(index, edit.range.end),
        text: edit.newText,
      }))
      .sort((a, b) => b.start - a.start || b.end - a.end)
      .reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), this.textOf());
  }

  async hover(line: number, character: number): Promise<Hover | null> {
    return this.connection.sendRequest(HoverRequest.type, {
      textDocument: { uri: URI },
      position: { line, character },
    });
  }

  async harden(uri = URI, token?: CancellationToken): Promise<HardenResult> {
    return this.connection.sendRequest(HARDEN_REQUEST, { uri }, token ?? CancellationToken.None);
  }

  async configure(settings: unknown): Promise<void> {
    this.state.settings = settings;
    await this.pushSettings(null);
  }

  /** Sends settings with the notification, as clients do that cannot be asked. */
  async pushSettings(settings: unknown): Promise<void> {
    await this.connection.sendNotification(DidChangeConfigurationNotification.type, { settings });
  }
}

export const at = (line: number, character: number, endCharacter = character): Range => ({
  start: { line, character },
  end: { line, character: endCharacter },
});
