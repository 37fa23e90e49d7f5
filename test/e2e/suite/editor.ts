import {
  type CodeAction,
  commands,
  type Diagnostic,
  type Hover,
  languages,
  Range,
  type TextDocument,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { eventually, ok } from './expect.js';

export function folderUri(): Uri {
  const [folder] = workspace.workspaceFolders ?? [];
  ok(folder, 'a folder is open');
  return folder.uri;
}

/** A new unsaved Dockerfile in an editor. */
export async function newDockerfile(content: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument({ language: 'dockerfile', content });
  await window.showTextDocument(document);
  return document;
}

/** The Dockerfile of the workspace in an editor. */
export async function openDockerfile(): Promise<TextDocument> {
  const document = await workspace.openTextDocument(Uri.joinPath(folderUri(), 'Dockerfile'));
  await window.showTextDocument(document);
  return document;
}

export const rulesOf = (uri: Uri): string[] =>
  languages
    .getDiagnostics(uri)
    .filter(diagnostic => diagnostic.source === 'dockwright')
    .map(ruleOf)
    .sort();

export const ruleOf = ({ code }: Diagnostic): string => String(typeof code === 'object' ? code.value : code);

/** Waits until the rule has, or has no longer, a finding in the document. */
export async function reports(uri: Uri, rule: string, expected = true, patience = 30_000): Promise<void> {
  const what = `${rule} ${expected ? 'reported' : 'gone'}`;
  await eventually(what, () => (rulesOf(uri).includes(rule) === expected ? true : undefined), patience);
}

export async function actionsAt(document: TextDocument, text: string): Promise<readonly CodeAction[]> {
  const start = document.positionAt(document.getText().indexOf(text));
  return commands.executeCommand<CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    new Range(start, start),
  );
}

/** What the hovers over a text say, one below the other. */
export async function hoverAt(document: TextDocument, text: string): Promise<string> {
  const position = document.positionAt(document.getText().indexOf(text));
  const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, position);
  return hovers.flatMap(hover => hover.contents.map(part => (typeof part === 'string' ? part : part.value))).join('\n');
}

export async function replaceAll(document: TextDocument, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, new Range(0, 0, document.lineCount, 0), text);
  ok(await workspace.applyEdit(edit), 'the text can be replaced');
}

export async function writeFile(name: string, text: string): Promise<void> {
  await workspace.fs.writeFile(Uri.joinPath(folderUri(), name), new TextEncoder().encode(text));
}

export async function deleteFile(name: string): Promise<void> {
  await workspace.fs.delete(Uri.joinPath(folderUri(), name));
}
