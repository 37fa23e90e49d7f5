import type { CodeAction, ResponseError } from 'vscode-languageserver';
import {
  DOCKERIGNORE_REQUEST,
  type DockerignoreParams,
  type DockerignoreResult,
  HARDEN_REQUEST,
  type HardenParams,
  type HardenResult,
} from '../../../shared/src/protocol.js';
import { lint } from '../engine/lint.js';
import { codeActions, type OnRefusal, resolveAction, type Version } from '../service/actions.js';
import { dockerignoreEdit } from '../service/dockerignore.js';
import { hardenEdit, unreadable } from '../service/harden.js';
import { hover } from '../service/hover.js';
import { lineIndex, offsetAt } from '../text/line-index.js';
import { inTurns } from './in-turns.js';
import { isBinary, isRecord, type Session, version, versionOf } from './session.js';

/** What a person asks for: fixes, explanations, Harden. All of it is worked out when it is asked for. */
export function answerRequests(session: Session): void {
  const { connection, host, documents, workspace } = session;
  const onRefusal: OnRefusal = (rule, title, reason) => {
    connection.console.warn(`the fix “${title}” of ${rule} was not offered: ${reason}`);
  };

  connection.onCodeAction(async (params, token): Promise<CodeAction[]> => {
    const known = await versionOf(session, params.textDocument.uri);
    if (!known || token.isCancellationRequested) return [];
    const { start, end } = params.range;
    const span = { start: offsetAt(known.index, start), end: offsetAt(known.index, end) };
    return codeActions(known, span, params.context.only, onRefusal);
  });

  connection.onCodeActionResolve(async (action, token): Promise<CodeAction | ResponseError<void>> => {
    const data: unknown = action.data;
    if (!isRecord(data) || typeof data['uri'] !== 'string') return action;
    const known = await versionOf(session, data['uri']);
    if (!known || known.version !== data['version']) return action;
    const rule = typeof data['rule'] === 'string' ? data['rule'] : undefined;
    return inTurns(resolveAction(known, action, rule, onRefusal), token, host);
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
      const known = (await versionOf(session, uri)) ?? (await versionOnDisk(uri));
      if (!known) return unreadable('The file cannot be read as text.');
      return inTurns(hardenEdit(known, onRefusal), token, host);
    },
  );

  connection.onRequest(DOCKERIGNORE_REQUEST, async ({ uri }: DockerignoreParams): Promise<DockerignoreResult> => {
    const resource = await workspace.resource(uri);
    const text = documents.get(uri)?.document.getText() ?? (await host.readFile(uri)) ?? '';
    return dockerignoreEdit(uri, text, resource);
  });
}
