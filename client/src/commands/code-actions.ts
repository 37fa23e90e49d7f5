import {
  type CodeAction,
  commands,
  type Range,
  type TextDocument,
  type TextEdit,
  type Uri,
  type WorkspaceEdit,
} from 'vscode';

/** How often the server is asked again for edits that it did not make because the text was changed meanwhile. */
const TRIES = 3;

/** How many actions are asked for their edit; more are never useful at once. */
const RESOLVE = 100;

/**
 * The code actions of exactly one kind, with their edits. Other extensions' actions of that kind are left out by the kind's
 * name. Throws where an action stays without its edit: that there is nothing to do would be untrue.
 */
export async function actionsOf(document: TextDocument, range: Range, kind: string): Promise<readonly CodeAction[]> {
  for (let tries = 1; ; tries++) {
    const found = await commands.executeCommand<CodeAction[] | undefined>(
      'vscode.executeCodeActionProvider',
      document.uri,
      range,
      kind,
      RESOLVE,
    );
    const ours = (found ?? []).filter(action => action.kind?.value === kind);
    const lost = ours.find(action => action.edit === undefined);
    if (!lost) return ours;
    if (tries === TRIES) throw new Error(`“${lost.title}” came without its changes, ${TRIES} times`);
  }
}

/** Adds the edits to one document that do not overlap. Returns how many actions were added. */
export function addTogether(together: WorkspaceEdit, uri: Uri, actions: readonly CodeAction[]): number {
  const taken: TextEdit[] = [];
  let added = 0;
  for (const action of actions) {
    const edits = action.edit?.get(uri) ?? [];
    const free = edits.every(edit => taken.every(other => other.range.intersection(edit.range) === undefined));
    if (edits.length === 0 || !free) continue;
    taken.push(...edits);
    added++;
  }
  if (added > 0) together.set(uri, taken);
  return added;
}

export function wholeRange(document: TextDocument): Range {
  const start = document.lineAt(0).range;
  return start.union(document.lineAt(document.lineCount - 1).range);
}
