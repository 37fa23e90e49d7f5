import { WorkspaceEdit, window, workspace } from 'vscode';
import { MERGE_RUNS_KIND } from '../../../shared/src/protocol.js';
import { isDockerfile, nameOf } from '../dockerfiles.js';
import { isReadOnly } from '../read-only.js';
import { actionsOf, addTogether, wholeRange } from './code-actions.js';

/** Merges the consecutive RUNs of the selection, or of the whole file where nothing is selected. */
export async function mergeRuns(): Promise<void> {
  const editor = window.activeTextEditor;
  if (!editor || !isDockerfile(editor.document)) {
    window.showInformationMessage('Open a Dockerfile to merge its RUN instructions.');
    return;
  }
  const { document, selection } = editor;
  const range = selection.isEmpty ? wholeRange(document) : selection;
  if (await isReadOnly(document)) {
    window.showWarningMessage(`${nameOf(document.uri)} is read-only.`);
    return;
  }
  const edit = new WorkspaceEdit();
  const merged = addTogether(edit, document.uri, await actionsOf(document, range, MERGE_RUNS_KIND));
  if (merged > 0) await workspace.applyEdit(edit);
  else {
    window.showInformationMessage(
      `${nameOf(document.uri)} has no consecutive RUN instructions that can be merged without changing what they do.`,
    );
  }
}
