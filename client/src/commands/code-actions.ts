import {
  type CodeAction,
  commands,
  type Range,
  type TextDocument,
  type TextEdit,
  type Uri,
  WorkspaceEdit,
  workspace,
} from 'vscode';

/** How many actions are asked for their edit; more are never useful at once. */
const RESOLVE = 100;

/** The code actions of exactly one kind, with their edits. Other extensions' actions of that kind are left out by the kind's name. */
export async function actionsOf(document: TextDocument, range: Range, kind: string): Promise<readonly CodeAction[]> {
  const found = await commands.executeCommand<CodeAction[] | undefined>(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
    kind,
    RESOLVE,
  );
  return (found ?? []).filter(action => action.kind?.value === kind && action.edit !== undefined);
}

/** Applies the edits to one document that do not overlap, in one step. Returns how many actions were applied. */
export async function applyTogether(uri: Uri, actions: readonly CodeAction[]): Promise<number> {
  const together = new WorkspaceEdit();
  const taken: TextEdit[] = [];
  let applied = 0;
  for (const action of actions) {
    const edits = action.edit?.get(uri) ?? [];
    const free = edits.every(edit => taken.every(other => other.range.intersection(edit.range) === undefined));
    if (edits.length === 0 || !free) continue;
    taken.push(...edits);
    applied++;
  }
  if (applied === 0) return 0;
  together.set(uri, taken);
  return (await workspace.applyEdit(together)) ? applied : 0;
}

export function wholeRange(document: TextDocument): Range {
  const start = document.lineAt(0).range;
  return start.union(document.lineAt(document.lineCount - 1).range);
}
