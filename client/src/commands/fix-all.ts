import { type Uri, window, workspace } from 'vscode';
import { FIX_ALL_KIND } from '../../../shared/src/protocol.js';
import { nameOf, targets } from '../dockerfiles.js';
import { actionsOf, applyTogether, wholeRange } from './code-actions.js';

/** Applies every safe fix, without a preview: safe fixes do not change what the image does. */
export async function fixAll(clicked: Uri | undefined, picked: readonly Uri[] | undefined): Promise<void> {
  const uris = await targets(clicked, picked);
  let changed = 0;
  for (const uri of uris) {
    const document = await workspace.openTextDocument(uri);
    const actions = await actionsOf(document, wholeRange(document), FIX_ALL_KIND);
    changed += Math.min(1, await applyTogether(uri, actions));
  }
  const [only] = uris;
  if (uris.length === 0) window.showInformationMessage('There is no Dockerfile here to fix.');
  else if (changed === 0) {
    const where = only && uris.length === 1 ? nameOf(only) : `${uris.length} Dockerfiles`;
    window.showInformationMessage(`There is nothing in ${where} that can be fixed without a decision.`);
  } else if (uris.length > 1) window.showInformationMessage(`Fixed ${changed} of ${uris.length} Dockerfiles.`);
}
