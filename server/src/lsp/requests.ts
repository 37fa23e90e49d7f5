import {
  type CodeAction,
  CodeActionTriggerKind,
  LSPErrorCodes,
  MessageType,
  ResponseError,
  ShowMessageNotification,
} from 'vscode-languageserver';
import {
  DOCKERIGNORE_REQUEST,
  type DockerignoreParams,
  type DockerignoreResult,
  HARDEN_REQUEST,
  type HardenParams,
  type HardenResult,
} from '../../../shared/src/protocol.js';
import { lint } from '../engine/lint.js';
import { readActionData } from '../service/action-data.js';
import { codeActions, type OnRefusal, type Version, wholeCodeActions } from '../service/actions.js';
import { dockerignoreEdit } from '../service/dockerignore.js';
import { hardenEdit, unreadable } from '../service/harden.js';
import { hover } from '../service/hover.js';
import { resolveAction } from '../service/resolve-action.js';
import { lineIndex, offsetAt } from '../text/line-index.js';
import type { Publisher } from './diagnostics.js';
import { inTurns } from './in-turns.js';
import { isBinary, type Session, version, versionOf } from './session.js';

const outdated = (): ResponseError<void> =>
  new ResponseError(LSPErrorCodes.ContentModified, 'The file has changed since this was offered.');

const refusalOf = (title: string, reason: string): string =>
  `“${title}” was not applied: ${reason}, and it should not do that. The file is as it was.`;

/** What a person asks for: fixes, explanations, Harden. All of it is worked out when it is asked for. */
export function answerRequests(session: Session, publisher: Publisher): void {
  const { connection, host, documents, workspace, typing, client } = session;
  const onRefusal: OnRefusal = (rule, title, reason) => {
    connection.console.warn(`“${title}” of ${rule} was held back: ${reason}`);
  };

  connection.onCodeAction(async (params, token): Promise<CodeAction[]> => {
    const known = await versionOf(session, params.textDocument.uri);
    if (!known || token.isCancellationRequested) return [];
    const { start, end } = params.range;
    const span = { start: offsetAt(known.index, start), end: offsetAt(known.index, end) };
    const { only, triggerKind } = params.context;
    const document = documents.get(known.uri);
    // The editor asks for its light bulb: this is where the cursor is.
    if (document && triggerKind === CodeActionTriggerKind.Automatic && typing.cursorAt(known.uri, span))
      publisher.again(document);
    return client.resolvesEdits ? codeActions(known, span, only) : wholeCodeActions(known, span, only, onRefusal);
  });

  connection.onCodeActionResolve(async (action, token): Promise<CodeAction | ResponseError<void>> => {
    const data = readActionData(action.data);
    if (!data) return action;
    const known = await versionOf(session, data.uri);
    // Its places are those of another text.
    if (known?.version !== data.version) return outdated();
    const resolved = await inTurns(resolveAction(known, action, data, onRefusal), token, host);
    if (resolved instanceof ResponseError) return resolved;
    const document = documents.get(data.uri);
    if (document?.version !== data.version) return outdated();
    if ('edit' in resolved) typing.handedOut(document);
    if ('edit' in resolved) return { ...action, edit: resolved.edit };
    if (resolved.why === 'gone') return outdated();
    // An answer that is an error is not shown by every editor; a message is.
    if (resolved.why === 'refused') {
      const message = refusalOf(action.title, resolved.reason);
      void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Error, message });
    }
    return action;
  });

  connection.onHover(async (params, token) => {
    const known = await versionOf(session, params.textDocument.uri);
    if (!known || token.isCancellationRequested) return null;
    return hover(known, offsetAt(known.index, params.position)) ?? null;
  });

  /** A file that is not open is read, so that a selection of files can be hardened. */
  async function versionOnDisk(uri: string): Promise<Version | undefined> {
    const text = await host.readFile(uri);
    if (text === undefined || isBinary(text)) return undefined;
    const resource = await workspace.resource(uri);
    const options = resource.context ? { ...resource.options, context: resource.context } : resource.options;
    return version(uri, -1, { result: lint(text, options), index: lineIndex(text) }, resource);
  }

  connection.onRequest(
    HARDEN_REQUEST,
    async ({ uri }: HardenParams, token): Promise<HardenResult | ResponseError<void>> => {
      const isOther = documents.get(uri)?.isDockerfile === false;
      const known = (await versionOf(session, uri)) ?? (isOther ? undefined : await versionOnDisk(uri));
      if (!known)
        return unreadable(
          isOther ? 'The editor does not take it for a Dockerfile.' : 'The file cannot be read as text.',
        );
      const result = await inTurns(hardenEdit(known, onRefusal), token, host);
      const document = documents.get(uri);
      if (document && 'edit' in result && result.edit) typing.handedOut(document);
      return result;
    },
  );

  connection.onRequest(DOCKERIGNORE_REQUEST, async ({ uri }: DockerignoreParams): Promise<DockerignoreResult> => {
    const resource = await workspace.resource(uri);
    const text = documents.get(uri)?.document.getText() ?? (await host.readFile(uri)) ?? '';
    return dockerignoreEdit(uri, text, resource);
  });
}
