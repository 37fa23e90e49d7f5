import { FilePermission, languages, RelativePattern, type TextDocument, type Uri, workspace } from 'vscode';
import { isRecord } from '../../shared/src/record.js';

/**
 * Documents that are not files: the other side of a diff, history, reviews, chats, output. Most have no file system, or a
 * read-only one; some are named because theirs can be written to.
 */
const NOT_FILES = /^(?:git|gitfs|gitlens.*|review|pr|output|vscode-local-history|vscode-scm|vscode-chat.*|chat-.*)$/;

/** Documents without a file system that somebody writes nevertheless. */
const BUFFERS = new Set(['untitled', 'vscode-notebook-cell']);

/** Whether somebody works on it. What only shows an older or another text is neither checked nor changed. */
export function isWorkedOn({ scheme }: Uri): boolean {
  if (BUFFERS.has(scheme)) return true;
  return !NOT_FILES.test(scheme) && workspace.fs.isWritableFileSystem(scheme) === true;
}

/** VS Code's edits reach the text also where its editors are read-only: then the text differs from the file permanently. */
export async function isReadOnly(document: TextDocument): Promise<boolean> {
  const { uri } = document;
  if (BUFFERS.has(uri.scheme)) return false;
  if (!isWorkedOn(uri) || isReadOnlyBySettings(document)) return true;
  const permissions = await workspace.fs.stat(uri).then(
    stat => stat.permissions ?? NONE,
    () => NONE,
  );
  const isLocked = workspace.getConfiguration('files', uri).get('readonlyFromPermissions') === true;
  return isLocked ? permissions !== NONE : (permissions & FilePermission.Readonly) !== 0;
}

const NONE = 0;

/** The settings `files.readonlyInclude` and `files.readonlyExclude`; VS Code tells extensions nothing about its editors. */
function isReadOnlyBySettings(document: TextDocument): boolean {
  const files = workspace.getConfiguration('files', document.uri);
  return isIn(files.get('readonlyInclude'), document) && !isIn(files.get('readonlyExclude'), document);
}

function isIn(globs: unknown, document: TextDocument): boolean {
  if (!isRecord(globs)) return false;
  const folder = workspace.getWorkspaceFolder(document.uri);
  return Object.entries(globs).some(
    ([glob, isOn]) =>
      isOn === true &&
      (languages.match({ pattern: glob }, document) > 0 ||
        (folder !== undefined && languages.match({ pattern: new RelativePattern(folder, glob) }, document) > 0)),
  );
}
