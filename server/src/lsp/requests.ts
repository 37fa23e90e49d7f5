import { type CodeAction, CodeActionTriggerKind, type Command, type Hover, ResponseError } from 'vscode-languageserver';
import {
  DOCKERIGNORE_REQUEST,
  type DockerignoreParams,
  type DockerignoreResult,
  HARDEN_REQUEST,
  type HardenParams,
  type HardenResult,
} from '../../../shared/src/protocol.js';
import { readActionData } from '../service/action-data.js';
import type { OnRefusal } from '../service/actions.js';
import { dockerignoreEdit } from '../service/dockerignore.js';
import { editForClient } from '../service/edit-for-client.js';
import { hardenEdit, unreadable } from '../service/harden.js';
import { hover } from '../service/hover.js';
import { offsetAt } from '../text/line-index.js';
import {
  answering,
  type ErrorAnswer,
  OF_ACTION,
  OF_POSITION,
  OF_RANGE,
  OF_URI,
  refusalIn,
  unknownMethod,
} from './answering.js';
import { listActions, resolveNow } from './code-actions.js';
import { answerCommands } from './commands.js';
import type { Publisher } from './diagnostics.js';
import { inTurns } from './in-turns.js';
import { openOrOnDisk } from './on-disk.js';
import { type Session, versionOf } from './session.js';

/** What a person asks for: fixes, explanations, Harden. All of it is worked out when it is asked for. */
export function answerRequests(session: Session, publisher: Publisher): void {
  const { connection, host, documents, workspace, typing, client } = session;
  const phase = (): Session['phase'] => session.phase;
  const onRefusal: OnRefusal = (rule, title, reason) => {
    connection.console.warn(`“${title}” of ${rule} was not offered: ${reason}`);
  };

  connection.onCodeAction(
    answering(phase, OF_RANGE, async (params, token): Promise<(CodeAction | Command)[] | ErrorAnswer> => {
      const known = await versionOf(session, params.textDocument.uri);
      if (!known || token.isCancellationRequested) return [];
      const { start, end } = params.range;
      const span = { start: offsetAt(known.index, start), end: offsetAt(known.index, end) };
      const { only, triggerKind } = params.context;
      const invoked = triggerKind !== CodeActionTriggerKind.Automatic;
      const document = documents.get(known.uri);
      // The editor asks for its light bulb: this is where the cursor is.
      if (document && !invoked && typing.cursorAt(document, span)) publisher.again(document);
      return listActions(session, known, span, { only, invoked }, onRefusal, token);
    }),
  );

  connection.onCodeActionResolve(
    answering(phase, OF_ACTION, async (action, token): Promise<CodeAction | ErrorAnswer> => {
      const data = readActionData(action.data);
      if (!data) return action;
      const known = await versionOf(session, data.uri);
      const resolved = await resolveNow(session, known, action.title, data, onRefusal, token);
      if (resolved instanceof ResponseError) return resolved;
      if (!resolved.edit) return action;
      return { ...action, edit: editForClient(resolved.edit, client.edits) };
    }),
  );

  connection.onHover(
    answering(phase, OF_POSITION, async (params, token): Promise<Hover | null> => {
      const known = await versionOf(session, params.textDocument.uri);
      if (!known || token.isCancellationRequested) return null;
      const { languageFeatures } = await workspace.resource(params.textDocument.uri);
      const offset = offsetAt(known.index, params.position);
      return hover(known, offset, client.showsMarkdown, languageFeatures === 'all') ?? null;
    }),
  );

  answerCommands(session, onRefusal);

  connection.onRequest<HardenResult, never>(
    HARDEN_REQUEST,
    answering(phase, OF_URI, async ({ uri, multiStage }: HardenParams, token): Promise<HardenResult | ErrorAnswer> => {
      const known = await openOrOnDisk(session, uri);
      if (!known) {
        const open = documents.get(uri);
        const isOther = open !== undefined && open.kind === undefined;
        return unreadable(
          isOther ? 'The editor does not treat it as a Dockerfile.' : 'The file cannot be read as text.',
        );
      }
      const result = await inTurns(hardenEdit(known, onRefusal, multiStage ? { multiStage } : {}), token, host);
      const document = documents.get(uri);
      if (document && 'edit' in result && result.edit) typing.handedOut(document);
      return result;
    }),
  );

  connection.onRequest(
    DOCKERIGNORE_REQUEST,
    answering(phase, OF_URI, async ({ uri }: DockerignoreParams): Promise<DockerignoreResult> => {
      const resource = await workspace.resource(uri);
      const text = documents.get(uri)?.document.getText() ?? (await host.readFile(uri)) ?? '';
      return dockerignoreEdit(uri, text, resource, client.counting);
    }),
  );

  // Whatever else is asked.
  connection.onRequest(method => refusalIn(session.phase) ?? unknownMethod(method));
}
