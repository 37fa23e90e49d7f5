import type { InitializeParams, WorkspaceFoldersChangeEvent } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { canonical } from './uris.js';

/** The folders that the editor has open. */
export interface Roots {
  initialize(params: Pick<InitializeParams, 'workspaceFolders' | 'rootUri' | 'rootPath'>): void;
  change(event: WorkspaceFoldersChangeEvent): void;
  /** The innermost of them that holds a folder, or is it. */
  of(folder: string): string | undefined;
}

export function createRoots(): Roots {
  const roots = new Set<string>();
  return {
    initialize({ workspaceFolders, rootUri, rootPath }) {
      roots.clear();
      for (const root of workspaceFolders ? workspaceFolders.map(({ uri }) => uri) : oneRoot(rootUri, rootPath))
        roots.add(withoutSlash(canonical(root)));
    },
    change({ added, removed }) {
      for (const { uri } of removed) roots.delete(withoutSlash(canonical(uri)));
      for (const { uri } of added) roots.add(withoutSlash(canonical(uri)));
    },
    of: folder =>
      [...roots].filter(root => isInside(withoutSlash(folder), root)).sort((a, b) => b.length - a.length)[0],
  };
}

/** How clients say it that know one folder only; `rootPath` is what the oldest of them send. */
function oneRoot(uri: string | null | undefined, path: string | null | undefined): readonly string[] {
  if (uri) return [uri];
  return path ? [URI.file(path).toString()] : [];
}

const isInside = (folder: string, root: string): boolean =>
  folder === root || folder.startsWith(root.endsWith('/') ? root : `${root}/`);

/** The root of a file system keeps its slash. */
const withoutSlash = (uri: string): string => (/^[^:]+:\/\/[^/]*\/$/.test(uri) ? uri : uri.replace(/\/+$/, ''));
