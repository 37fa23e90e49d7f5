import { type TextDocument, type Uri, WorkspaceEdit, window, workspace } from 'vscode';
import { FIX_ALL_KIND } from '../../../shared/src/protocol.js';
import { chosen, inWorkspace, nameOf } from '../dockerfiles.js';
import { isReadOnly } from '../read-only.js';
import { cancellable } from './cancellable.js';
import { actionsOf, addTogether, wholeRange } from './code-actions.js';

const NOT_APPLIED =
  'Nothing was changed: VS Code did not apply the fixes. If a file was edited meanwhile, run the command again.';

interface Fixes {
  readonly edit: WorkspaceEdit;
  /** How many files it changes. */
  readonly changed: number;
  readonly readOnly: readonly Uri[];
}

/**
 * Applies every safe fix, without a preview: safe fixes do not change what the image does. All of it is one edit, so that
 * it can be undone at once; nothing is saved.
 */
export async function fixAll(clicked: Uri | undefined, picked: readonly Uri[] | undefined): Promise<void> {
  const uris = (await chosen(clicked, picked)) ?? (await confirmed(await inWorkspace()));
  if (!uris) return;
  if (uris.length === 0) {
    window.showInformationMessage('There is no Dockerfile here to fix.');
    return;
  }
  const fixes = await cancellable('Fixing', (tell, token) =>
    collect(uris, (uri, index) => {
      tell(nameOf(uri), index === 0 ? 0 : 100 / uris.length);
      return !token.isCancellationRequested;
    }),
  );
  if (!fixes) return;
  if (fixes.changed > 0 && !(await workspace.applyEdit(fixes.edit))) {
    window.showWarningMessage(NOT_APPLIED);
    return;
  }
  report(uris, fixes);
}

/** A whole workspace is only changed by somebody who means it. */
async function confirmed(uris: readonly Uri[]): Promise<readonly Uri[] | undefined> {
  const [first] = uris;
  if (!first) return uris;
  const what = uris.length === 1 ? nameOf(first) : `${uris.length} Dockerfiles in this workspace`;
  const answer = await window.showInformationMessage(
    `Fix safe problems in ${what}?`,
    { modal: true, detail: 'The changes are not saved, and can be undone in one step.' },
    'Fix',
  );
  return answer === 'Fix' ? uris : undefined;
}

async function collect(uris: readonly Uri[], goesOn: (uri: Uri, index: number) => boolean): Promise<Fixes> {
  const edit = new WorkspaceEdit();
  const readOnly: Uri[] = [];
  let changed = 0;
  for (const [index, uri] of uris.entries()) {
    if (!goesOn(uri, index)) break;
    const document: TextDocument = await workspace.openTextDocument(uri);
    if (await isReadOnly(document)) readOnly.push(uri);
    else if (addTogether(edit, uri, await actionsOf(document, wholeRange(document), FIX_ALL_KIND)) > 0) changed++;
  }
  return { edit, changed, readOnly };
}

function report(uris: readonly Uri[], { changed, readOnly }: Fixes): void {
  const [only] = uris;
  const where = only && uris.length === 1 ? nameOf(only) : `${uris.length} Dockerfiles`;
  const [locked] = readOnly;
  if (locked && uris.length === 1) {
    window.showWarningMessage(`${nameOf(locked)} is read-only.`);
    return;
  }
  const left = readOnly.length > 0 ? ` ${readOnly.length} of them are read-only.` : '';
  if (changed === 0)
    window.showInformationMessage(`There is nothing in ${where} that can be fixed without a decision.${left}`);
  else if (uris.length > 1)
    window.showInformationMessage(`Fixed ${changed} of ${where}. The changes are not saved.${left}`);
}
