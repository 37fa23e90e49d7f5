import { type CancellationToken, MessageType, ResponseError, type WorkspaceEdit } from 'vscode-languageserver';
import { SERVER_COMMANDS } from '../../../shared/src/protocol.js';
import { isRecord } from '../../../shared/src/record.js';
import type { Steps } from '../fixes/index.js';
import type { HardenWishes } from '../harden/index.js';
import { readActionData } from '../service/action-data.js';
import type { OnRefusal, Version } from '../service/actions.js';
import { dockerignoreEdit } from '../service/dockerignore.js';
import { editForClient } from '../service/edit-for-client.js';
import { explained } from '../service/explained.js';
import { hardenEdit, hardenSummary } from '../service/harden.js';
import { everything } from '../service/resolve-action.js';
import { answering, type ErrorAnswer, failed, invalidParams, OF_COMMAND } from './answering.js';
import { resolveNow } from './code-actions.js';
import { inTurns, whileSame } from './in-turns.js';
import { openOrOnDisk } from './on-disk.js';
import { type Session, versionOf } from './session.js';
import { tell } from './tell.js';

/** What a command did, in words for the person who ran it; undefined where what it did can be seen. */
type Done = string | undefined | ErrorAnswer;

/** Commands that the server runs itself, so that every editor has them. */
export function answerCommands(session: Session, onRefusal: OnRefusal): void {
  const { connection, documents, host, workspace, typing, client } = session;

  /** Has the editor make an edit. */
  async function apply(label: string, edit: WorkspaceEdit): Promise<ErrorAnswer | undefined> {
    if (!client.appliesEdits) return failed('This editor does not apply edits that a language server sends.');
    for (const change of edit.documentChanges ?? []) {
      const document = 'textDocument' in change ? documents.get(change.textDocument.uri) : undefined;
      if (document) typing.handedOut(document);
    }
    const answer = await connection.workspace
      .applyEdit({ label, edit: editForClient(edit, client.edits) })
      .catch((error: unknown) => ({ applied: false, failureReason: error instanceof Error ? error.message : '' }));
    if (answer.applied) return undefined;
    return failed(`“${label}” was not applied${answer.failureReason ? `: ${answer.failureReason}` : '.'}`);
  }

  /** Plans a change of a Dockerfile, and has it made if the file is still the same. */
  async function change<T>(
    uri: string,
    token: CancellationToken,
    plan: (version: Version) => Steps<T>,
    then: (planned: T) => Promise<Done>,
  ): Promise<Done> {
    const version = await openOrOnDisk(session, uri);
    if (!version) return failed(`${uri} cannot be read as text.`);
    const isSame = (): boolean => (documents.get(uri)?.revision ?? version.revision) === version.revision;
    const planned = await inTurns(plan(version), whileSame(token, isSame), host);
    if (!isSame()) return failed('The file changed in the meantime. Please try again.');
    return planned instanceof ResponseError ? planned : then(planned);
  }

  const fixAll = (uri: string, token: CancellationToken): Promise<Done> =>
    change(
      uri,
      token,
      version => everything(version, '', onRefusal),
      async planned =>
        'edit' in planned ? apply('Fix all safe problems', planned.edit) : 'No problems can be fixed automatically.',
    );

  const harden = (uri: string, token: CancellationToken, wishes: HardenWishes): Promise<Done> =>
    change(
      uri,
      token,
      version => hardenEdit(version, onRefusal, wishes),
      async planned => (planned.edit && (await apply('Harden', planned.edit))) ?? hardenSummary(planned),
    );

  async function createDockerignore(uri: string): Promise<Done> {
    const text = documents.get(uri)?.document.getText() ?? (await host.readFile(uri));
    if (text === undefined) return failed(`${uri} cannot be read as text.`);
    const { edit, uri: ignoreFile } = dockerignoreEdit(uri, text, await workspace.resource(uri), client.counting);
    if (!edit) return 'The .dockerignore already excludes everything it should.';
    const error = await apply('Create .dockerignore', edit);
    if (error || !client.opensPages) return error;
    await connection.window.showDocument({ uri: ignoreFile, takeFocus: true }).catch(() => {});
    return undefined;
  }

  async function explain(name: string): Promise<Done> {
    const found = explained(name);
    if (!found) return `There is no documentation for “${name}”.`;
    // Where there is no browser the editor says that it did not work.
    if (!client.opensPages) return found.text;
    // Where there is no browser the editor says that it did not work.
    const isShown = await connection.window.showDocument({ uri: found.page, external: true }).then(
      ({ success }) => success,
      () => false,
    );
    return isShown ? undefined : found.text;
  }

  async function applyAction(title: unknown, value: unknown, token: CancellationToken): Promise<Done> {
    const data = readActionData(value);
    if (typeof title !== 'string' || !data) return invalidParams('a title, and the data of a code action');
    const version = await versionOf(session, data.uri);
    const resolved = await resolveNow(session, version, title, data, onRefusal, token);
    if (resolved instanceof ResponseError) return resolved;
    return resolved.edit && apply(title, resolved.edit);
  }

  function run(command: string, [first, second]: readonly unknown[], token: CancellationToken): Promise<Done> | Done {
    if (command === SERVER_COMMANDS.apply) return applyAction(first, second, token);
    if (command === SERVER_COMMANDS.explain)
      return typeof first === 'string' ? explain(first) : invalidParams('the name of a rule, or a code');
    const uri = uriOf(first) ?? onlyOne(documents.keys());
    if (uri === undefined) return invalidParams('the URI of a Dockerfile');
    switch (command) {
      case SERVER_COMMANDS.fixAll:
        return fixAll(uri, token);
      case SERVER_COMMANDS.harden:
        return harden(uri, token, wishesIn(second));
      case SERVER_COMMANDS.createDockerignore:
        return createDockerignore(uri);
      default:
        return invalidParams(`one of the commands ${Object.values(SERVER_COMMANDS).join(', ')}`);
    }
  }

  connection.onExecuteCommand(
    answering(
      () => session.phase,
      OF_COMMAND,
      async (params, token) => {
        const done = await run(params.command, params.arguments ?? [], token);
        if (done instanceof ResponseError) return done;
        if (done !== undefined) tell(connection, MessageType.Info, done);
        return null;
      },
    ),
  );
}

/** The second argument of the command that hardens. */
const wishesIn = (value: unknown): HardenWishes =>
  isRecord(value) && value['multiStage'] === true ? { multiStage: 'also' } : {};

/** A URI, or a document as the protocol names one. */
const uriOf = (value: unknown): string | undefined => {
  const uri = isRecord(value) ? value['uri'] : value;
  return typeof uri === 'string' ? uri : undefined;
};

const onlyOne = (all: readonly string[]): string | undefined => (all.length === 1 ? all[0] : undefined);
