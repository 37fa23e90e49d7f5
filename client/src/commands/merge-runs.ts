import { window } from 'vscode';
import { MERGE_RUNS_KIND } from '../../../shared/src/protocol.js';
import { isDockerfile, nameOf } from '../dockerfiles.js';
import { actionsOf, applyTogether, wholeRange } from './code-actions.js';

/** Merges the consecutive RUNs of the selection, or of the whole file where nothing is selected. */
export async function mergeRuns(): Promise<void> {
  const editor = window.activeTextEditor;
  if (!editor || !isDockerfile(editor.document)) {
    window.showInformationMessage('Open a Dockerfile to merge its RUN instructions.');
    return;
  }
  const { document, selection } = editor;
  const range = selection.isEmpty ? wholeRange(document) : selection;
  const merged = await applyTogether(document.uri, await actionsOf(document, range, MERGE_RUNS_KIND));
  if (merged === 0) {
    window.showInformationMessage(
      `${nameOf(document.uri)} has no consecutive RUN instructions that can be merged without changing what they do.`,
    );
  }
}
