import { type Uri, window, workspace } from 'vscode';
import { type BaseLanguageClient, RequestType, type WorkspaceEdit } from 'vscode-languageclient';
import {
  DOCKERIGNORE_REQUEST,
  type DockerignoreParams,
  type DockerignoreResult,
} from '../../../shared/src/protocol.js';
import { nameOf, targets } from '../dockerfiles.js';
import { isReadOnly } from '../read-only.js';

type Answer = Omit<DockerignoreResult, 'edit'> & { readonly edit?: WorkspaceEdit };

const DOCKERIGNORE = new RequestType<DockerignoreParams, Answer, void>(DOCKERIGNORE_REQUEST);

/** Creates the `.dockerignore` that fits a Dockerfile, or adds what it lacks, and opens it for a look. */
export async function createDockerignore(client: BaseLanguageClient, clicked: Uri | undefined): Promise<void> {
  const dockerfile = await chooseOne(await targets(clicked, undefined));
  if (!dockerfile) return;
  if (await isReadOnly(await workspace.openTextDocument(dockerfile))) {
    window.showWarningMessage(`${nameOf(dockerfile)} is read-only, so there is nothing to create beside it.`);
    return;
  }
  const answer = await client.sendRequest(DOCKERIGNORE, { uri: client.code2ProtocolConverter.asUri(dockerfile) });
  const ignore = client.protocol2CodeConverter.asUri(answer.uri);
  if (answer.edit) {
    if (!(await workspace.applyEdit(await client.protocol2CodeConverter.asWorkspaceEdit(answer.edit)))) return;
  } else {
    window.showInformationMessage(`${nameOf(ignore)} already excludes everything it should.`);
  }
  await window.showTextDocument(ignore);
}

async function chooseOne(uris: readonly Uri[]): Promise<Uri | undefined> {
  const [first] = uris;
  if (!first) {
    window.showInformationMessage('There is no Dockerfile here to create a .dockerignore for.');
    return undefined;
  }
  if (uris.length === 1) return first;
  const items = uris.map(uri => ({ label: nameOf(uri), uri }));
  return (await window.showQuickPick(items, { placeHolder: 'Which Dockerfile is the .dockerignore for?' }))?.uri;
}
