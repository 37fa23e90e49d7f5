import {
  type CodeAction,
  CodeActionKind,
  type Connection,
  type Diagnostic,
  DidChangeConfigurationNotification,
  DocumentDiagnosticReportKind,
  type InitializeParams,
  type InitializeResult,
  ResponseError,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import {
  DOCKERIGNORE_REQUEST,
  type DockerignoreParams,
  type DockerignoreResult,
  HARDEN_REQUEST,
  type HardenParams,
  type HardenResult,
  type InitializationOptions,
  STATUS_NOTIFICATION,
  type StatusParams,
} from '../../../shared/src/protocol.js';
import { parseDockerfile, reparseDockerfile } from '../dockerfile/index.js';
import { lintAnalysis } from '../engine/lint.js';
import type { LintResult } from '../engine/types.js';
import { deriveFacts } from '../facts/index.js';
import { codeActions, FIX_ALL, resolveAction, type Version } from '../service/actions.js';
import { toDiagnostics } from '../service/convert.js';
import { dockerignoreEdit } from '../service/dockerignore.js';
import { hardenEdit, unreadable } from '../service/harden.js';
import { hover } from '../service/hover.js';
import { type LineIndex, lineIndex, offsetAt } from '../text/line-index.js';
import { type Canceller, createCanceller } from './cancel.js';
import { create, type TrackedDocument, update } from './documents.js';
import type { Host } from './host.js';
import { createShellLinter } from './shellcheck.js';
import { createWorkspace, type Resource } from './workspace.js';

interface Analysed {
  readonly version: number;
  readonly resource: Resource;
  readonly result: LintResult;
  readonly index: LineIndex;
}

/** ShellCheck at work on one version of a document under one set of settings, or done with it. */
interface ShellRun {
  readonly version: number;
  readonly resource: Resource;
  readonly canceller: Canceller;
}

/** While somebody types, ShellCheck waits for a pause: half a command is not worth the work. */
const SHELL_PAUSE_MS = 150;

/** Wires the language service to a connection. Everything that touches the platform comes from `host`. */
export function startServer(connection: Connection, host: Host): void {
  const documents = new TextDocuments<TrackedDocument>({ create, update });
  const analysed = new Map<string, Analysed>();
  const pending = new Map<string, ReturnType<typeof schedule>>();
  const workspace = createWorkspace(connection, host, () => {
    analysed.clear();
    for (const document of documents.all()) publishSoon(document);
    if (pulls) refreshPulled();
  });
  let pulls = false;
  let refreshes = false;
  let dynamicConfiguration = false;
  let shellcheckFiles: InitializationOptions['shellcheck'];
  const shell = createShellLinter(
    () => host.shellcheck?.(shellcheckFiles),
    reason => connection.console.warn(`ShellCheck is not available: ${reason}`),
  );
  const shellRuns = new Map<string, ShellRun>();

  const onRuleError = (rule: string, error: unknown): void => {
    connection.console.error(
      `rule ${rule} failed and was skipped: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  };
  const onRefusal = (rule: string, title: string, reason: string): void => {
    connection.console.warn(`the fix “${title}” of ${rule} was not offered: ${reason}`);
  };

  /** The findings of a document's current text; computed at most once per version. */
  function analyse(document: TrackedDocument, resource: Resource): Analysed {
    const known = analysed.get(document.uri);
    if (known && known.version === document.version && known.resource === resource) return known;
    const text = document.document.getText();
    const { change } = document;
    const dockerfile =
      known && change && known.version === document.version - 1
        ? reparseDockerfile(known.result.dockerfile, text, change.from, change.oldEnd, change.newEnd)
        : parseDockerfile(text);
    const facts = deriveFacts(dockerfile, resource.context);
    const options =
      document.cursor === undefined || saved.has(document.uri)
        ? resource.options
        : { ...resource.options, cursor: document.cursor };
    const result = lintAnalysis({ dockerfile, facts }, options, onRuleError);
    const next: Analysed = { version: document.version, resource, result, index: lineIndex(text) };
    analysed.set(document.uri, next);
    return next;
  }

  const isBinary = (text: string): boolean => text.slice(0, 4096).includes('\u0000');

  function diagnosticsOf(document: TrackedDocument, resource: Resource): Diagnostic[] {
    if (!resource.enabled || isBinary(document.document.getText())) return [];
    const { result, index } = analyse(document, resource);
    return toDiagnostics(withShell(document, resource, result), index);
  }

  /** Native findings never wait for ShellCheck: what it knows already is added, the rest follows for the same version. */
  function withShell(document: TrackedDocument, resource: Resource, result: LintResult): LintResult {
    const { result: whole, missing } = shell.known(result, resource.options, resource.shellcheck);
    const { uri, version } = document;
    const before = shellRuns.get(uri);
    // Asked again about the same text: the run that is under way, or has ended, is all that is to be had.
    if (before?.version === version && before.resource === resource) return whole;
    before?.canceller.abort();
    shellRuns.delete(uri);
    if (missing.length === 0) return whole;
    const run: ShellRun = { version, resource, canceller: createCanceller() };
    shellRuns.set(uri, run);
    const show = (): void => {
      if (run.canceller.signal.aborted || documents.get(uri)?.version !== version) return;
      if (pulls) refreshPulled();
      else publishNow(uri, resource);
    };
    void shell.lint(missing, document.change ? SHELL_PAUSE_MS : 0, run.canceller.signal, show).then(show);
    return whole;
  }

  // A client that cannot be told asks again with the next change.
  function refreshPulled(): void {
    if (refreshes) connection.languages.diagnostics.refresh().catch(() => {});
  }

  function publish(document: TrackedDocument, resource: Resource): void {
    const diagnostics = diagnosticsOf(document, resource);
    if (!pulls) void connection.sendDiagnostics({ uri: document.uri, version: document.version, diagnostics });
    const status: StatusParams = {
      uri: document.uri,
      version: document.version,
      profile: resource.options.profile,
      source: resource.source,
      findings: diagnostics.length,
    };
    void connection.sendNotification(STATUS_NOTIFICATION, status);
  }

  function publishSoon(document: TrackedDocument): void {
    pending.get(document.uri)?.cancel();
    // Settings that are known already let the findings go out in the same turn; else they follow the answer.
    const ready = workspace.known(document.uri);
    if (ready) {
      pending.set(
        document.uri,
        schedule(() => publishNow(document.uri, ready)),
      );
      return;
    }
    void workspace.resource(document.uri).then(resource => publishNow(document.uri, resource));
  }

  function publishNow(uri: string, resource: Resource): void {
    pending.delete(uri);
    const document = documents.get(uri);
    if (!document) return;
    if (resource.run === 'onSave' && document.change !== undefined && !saved.has(uri)) return;
    publish(document, resource);
  }

  const saved = new Set<string>();

  async function versionOf(uri: string): Promise<Version | undefined> {
    const document = documents.get(uri);
    if (!document) return undefined;
    const resource = await workspace.resource(uri);
    const current = documents.get(uri);
    if (!current || !resource.enabled || isBinary(current.document.getText())) return undefined;
    const { result } = analyse(current, resource);
    return {
      uri,
      version: current.version,
      result: shell.known(result, resource.options, resource.shellcheck).result,
      options: resource.options,
      fileUri: path => resource.fileUri(path),
      fileText: path => resource.fileText(path),
    };
  }

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    const wantsPush = isRecord(params.initializationOptions) && params.initializationOptions['diagnostics'] === 'push';
    // A client that gets both would show everything twice.
    pulls = params.capabilities.textDocument?.diagnostic !== undefined && !wantsPush;
    refreshes = params.capabilities.workspace?.diagnostics?.refreshSupport === true;
    dynamicConfiguration = params.capabilities.workspace?.didChangeConfiguration?.dynamicRegistration === true;
    workspace.initialize(params);
    shellcheckFiles = shellcheckOption(params.initializationOptions);
    return {
      serverInfo: { name: 'dockwright' },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        codeActionProvider: {
          codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, FIX_ALL],
          resolveProvider: true,
        },
        hoverProvider: true,
        ...(pulls
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
    if (dynamicConfiguration)
      void connection.client.register(DidChangeConfigurationNotification.type, { section: 'dockwright' });
  });

  connection.onDidChangeConfiguration(() => workspace.refresh());
  connection.onDidChangeWatchedFiles(() => workspace.refresh());

  documents.onDidChangeContent(event => {
    saved.delete(event.document.uri);
    publishSoon(event.document);
  });
  documents.onDidSave(event => {
    // What was half-typed before is meant now.
    saved.add(event.document.uri);
    analysed.delete(event.document.uri);
    publishSoon(event.document);
  });
  documents.onDidClose(event => {
    analysed.delete(event.document.uri);
    pending.get(event.document.uri)?.cancel();
    pending.delete(event.document.uri);
    shellRuns.get(event.document.uri)?.canceller.abort();
    shellRuns.delete(event.document.uri);
    workspace.forget(event.document.uri);
    if (!pulls) void connection.sendDiagnostics({ uri: event.document.uri, diagnostics: [] });
  });

  connection.languages.diagnostics.on(async params => {
    const document = documents.get(params.textDocument.uri);
    if (!document) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
    const resource = await workspace.resource(document.uri);
    const current = documents.get(document.uri) ?? document;
    return { kind: DocumentDiagnosticReportKind.Full, items: diagnosticsOf(current, resource) };
  });

  connection.onCodeAction(async (params, token): Promise<CodeAction[]> => {
    const version = await versionOf(params.textDocument.uri);
    if (!version || token.isCancellationRequested) return [];
    const index = lineIndex(version.result.dockerfile.text);
    const span = { start: offsetAt(index, params.range.start), end: offsetAt(index, params.range.end) };
    return codeActions(version, span, params.context.only, onRefusal);
  });

  connection.onCodeActionResolve(async (action): Promise<CodeAction> => {
    const data: unknown = action.data;
    if (!isRecord(data) || typeof data['uri'] !== 'string') return action;
    const version = await versionOf(data['uri']);
    if (!version || version.version !== data['version']) return action;
    return resolveAction(version, action, typeof data['rule'] === 'string' ? data['rule'] : undefined, onRefusal);
  });

  connection.onHover(async (params, token) => {
    const version = await versionOf(params.textDocument.uri);
    if (!version || token.isCancellationRequested) return null;
    const index = lineIndex(version.result.dockerfile.text);
    return hover(version.result, offsetAt(index, params.position)) ?? null;
  });

  connection.onRequest(
    HARDEN_REQUEST,
    async (params: HardenParams, token): Promise<HardenResult | ResponseError<void>> => {
      let version = await versionOf(params.uri);
      if (!version) {
        // A file that is not open: read it, so that a selection of files can be hardened.
        const text = await host.readFile(params.uri);
        if (text === undefined || isBinary(text)) return unreadable('The file cannot be read as text.');
        const resource = await workspace.resource(params.uri);
        const tracked = create(params.uri, 'dockerfile', 0, text);
        const dockerfile = parseDockerfile(text);
        const result = lintAnalysis(
          { dockerfile, facts: deriveFacts(dockerfile, resource.context) },
          resource.options,
          onRuleError,
        );
        version = {
          uri: tracked.uri,
          version: -1,
          result,
          options: resource.options,
          fileUri: path => resource.fileUri(path),
          fileText: path => resource.fileText(path),
        };
      }
      if (token.isCancellationRequested) return new ResponseError<void>(-32800, 'cancelled');
      return hardenEdit(version, onRefusal);
    },
  );

  connection.onRequest(DOCKERIGNORE_REQUEST, async (params: DockerignoreParams): Promise<DockerignoreResult> => {
    const resource = await workspace.resource(params.uri);
    return dockerignoreEdit(
      params.uri,
      documents.get(params.uri)?.document.getText() ?? (await host.readFile(params.uri)) ?? '',
      resource,
    );
  });

  connection.onShutdown(() => shell.dispose());

  documents.listen(connection);
  connection.listen();
}

/** Runs `work` after the messages that have arrived already, so that a burst of changes is analysed once. */
function schedule(work: () => void): { cancel: () => void } {
  let cancelled = false;
  void Promise.resolve().then(() => {
    if (!cancelled) work();
  });
  return {
    cancel: () => {
      cancelled = true;
    },
  };
}

function shellcheckOption(options: unknown): InitializationOptions['shellcheck'] {
  const files = isRecord(options) ? options['shellcheck'] : undefined;
  if (!isRecord(files) || typeof files['worker'] !== 'string' || typeof files['wasm'] !== 'string') return undefined;
  return { worker: files['worker'], wasm: files['wasm'] };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
