import {
  type CancellationToken,
  type CodeAction,
  type Command,
  LSPErrorCodes,
  MessageType,
  ResponseError,
} from 'vscode-languageserver';
import { SERVER_COMMANDS } from '../../../shared/src/protocol.js';
import type { ActionData } from '../service/action-data.js';
import { codeActions, type OnRefusal, type Version, type Wanted, wholeCodeActions } from '../service/actions.js';
import { editForClient } from '../service/edit-for-client.js';
import { resolveAction } from '../service/resolve-action.js';
import type { Span } from '../text/span.js';
import type { ClientAbilities } from './abilities.js';
import type { ErrorAnswer } from './answering.js';
import { inTurns, whileSame } from './in-turns.js';
import type { Session } from './session.js';
import { tell } from './tell.js';

/** A menu that opens later than this is one that somebody waits for. */
const MENU_MS = 250;

const outdated = (): ErrorAnswer =>
  new ResponseError(LSPErrorCodes.ContentModified, 'The file changed after this fix was offered.');

const refusalOf = (title: string, reason: string): string =>
  `“${title}” was not applied, because ${reason}. The file was not changed.`;

/** What can be done at a place, as much of it and in the form that the client takes. */
export async function listActions(
  { host, documents, typing, client }: Session,
  version: Version,
  span: Span,
  wanted: Wanted,
  onRefusal: OnRefusal,
  token: CancellationToken,
): Promise<(CodeAction | Command)[] | ErrorAnswer> {
  if (!client.takesActions)
    return codeActions(version, span, wanted).flatMap(action => commandFor(action, client) ?? []);
  if (client.resolvesEdits) return codeActions(version, span, wanted);
  const end = Date.now() + MENU_MS;
  const steps = wholeCodeActions(version, span, wanted, onRefusal, {
    isLate: () => Date.now() > end,
    instead: (action, data) => {
      const command = commandFor({ ...action, data }, client);
      return command ? [{ ...action, command }] : [];
    },
  });
  const actions = await inTurns(steps, token, host);
  if (actions instanceof ResponseError) return actions;
  const document = documents.get(version.uri);
  if (document && wanted.invoked) typing.handedOut(document);
  return actions.map(action => (action.edit ? { ...action, edit: editForClient(action.edit, client.edits) } : action));
}

/** An action as a command: its own, else one that has the server apply it. */
function commandFor({ title, command, data }: CodeAction, client: ClientAbilities): Command | undefined {
  if (command) return { ...command, title };
  return client.appliesEdits ? { title, command: SERVER_COMMANDS.apply, arguments: [title, data] } : undefined;
}

/** The edit of an action for a document as it is now, with all that an edit can have; undefined when there is none, which the person has been told then. */
export async function resolveNow(
  session: Session,
  version: Version | undefined,
  title: string,
  data: ActionData,
  onRefusal: OnRefusal,
  token: CancellationToken,
): Promise<Pick<CodeAction, 'edit'> | ErrorAnswer> {
  const { connection, host, documents, typing } = session;
  // Its places are those of another text.
  if (version?.revision !== data.revision) return outdated();
  const isSame = (): boolean => documents.get(data.uri)?.revision === data.revision;
  const steps = resolveAction(version, { title }, data, onRefusal);
  const resolved = await inTurns(steps, whileSame(token, isSame), host);
  if (resolved instanceof ResponseError) return isSame() ? resolved : outdated();
  const document = documents.get(data.uri);
  if (document?.revision !== data.revision) return outdated();
  if ('edit' in resolved) typing.handedOut(document);
  if ('edit' in resolved) return { edit: resolved.edit };
  switch (resolved.why) {
    case 'gone':
      return outdated();
    // An answer that is an error is not shown by every editor; a message is.
    case 'refused':
      tell(connection, MessageType.Error, refusalOf(title, resolved.reason));
      return {};
    case 'told':
      tell(connection, MessageType.Info, resolved.message);
      return {};
    case 'nothing':
      return {};
  }
}
