import type { TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';

/** What a client can do with the edit of a workspace. */
export interface EditAbilities {
  /** It takes edits with the versions that they are about, and in order. */
  readonly documentChanges: boolean;
  readonly createsFiles: boolean;
  /** It shows why each change is made, and asks. */
  readonly annotations: boolean;
}

/**
 * An edit as a client takes it. One that cannot create files gets the text of a new file as an edit to its URI: editors
 * open a buffer for that, which is created when it is saved.
 */
export function editForClient(edit: WorkspaceEdit, client: EditAbilities): WorkspaceEdit {
  const changes = (edit.documentChanges ?? []).filter(
    change => 'textDocument' in change || (client.documentChanges && client.createsFiles),
  );
  const annotates = client.documentChanges && client.annotations;
  const plain = annotates
    ? changes
    : changes.map(change => ('textDocument' in change ? withoutAnnotations(change) : change));
  if (!client.documentChanges) return { changes: byUri(plain.filter(change => 'textDocument' in change)) };
  const { changeAnnotations } = edit;
  return { documentChanges: plain, ...(annotates && changeAnnotations ? { changeAnnotations } : {}) };
}

const withoutAnnotations = ({ textDocument, edits }: TextDocumentEdit): TextDocumentEdit => ({
  textDocument,
  edits: edits.map(edit => ('newText' in edit ? { range: edit.range, newText: edit.newText } : edit)),
});

function byUri(changes: readonly TextDocumentEdit[]): Record<string, TextEdit[]> {
  const all: Record<string, TextEdit[]> = {};
  for (const { textDocument, edits } of changes) {
    const texts = edits.filter((edit): edit is TextEdit => 'newText' in edit);
    all[textDocument.uri] = [...(all[textDocument.uri] ?? []), ...texts];
  }
  return all;
}
