import {
  type CancellationToken,
  FileType,
  languages,
  RelativePattern,
  type TextDocument,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { COMPOSE_PATTERNS } from '../../shared/src/compose-names.js';
import { DOCKERFILE_PATTERNS, isDockerfileName } from '../../shared/src/dockerfile-names.js';

/** VS Code's globs tell capital letters from small ones. */
const inAnyCase = (pattern: string): string =>
  pattern.replace(/[a-z]/g, letter => `[${letter.toUpperCase()}${letter}]`);
const GLOB = `**/{${DOCKERFILE_PATTERNS.map(inAnyCase).join()}}`;

/** Installed packages and build results hold Dockerfiles that nobody here maintains. */
const NOT_OURS = '**/{node_modules,.git,vendor}/**';

/**
 * By the language alone: package.json gives it to all names of Dockerfiles, and people can give another one to a file. No
 * scheme: unsaved buffers, remote and virtual file systems are checked as well.
 */
const SELECTOR: { readonly language: string }[] = [{ language: 'dockerfile' }];

/** Compose files have a language of their own in newer editors, and in others that of YAML. */
const COMPOSE_SELECTOR: { readonly language: string; readonly pattern?: string }[] = [
  { language: 'dockercompose' },
  { language: 'yaml', pattern: `**/{${COMPOSE_PATTERNS.join()}}` },
];

/** All documents that are checked. */
export const ALL_SELECTOR = [...SELECTOR, ...COMPOSE_SELECTOR];

/** The server also sees ignore files, for what is unsaved in them counts for the Dockerfiles beside them; of them it says nothing. */
export const SYNCHRONIZED = [...ALL_SELECTOR, { pattern: '**/*.dockerignore' }];

export const isDockerfile = (document: TextDocument): boolean => languages.match(SELECTOR, document) > 0;

/** What a command is about: the files picked in the explorer (folders are searched), else the active editor, else the whole workspace. */
export async function targets(
  clicked: Uri | undefined,
  picked: readonly Uri[] | undefined,
  token?: CancellationToken,
): Promise<readonly Uri[]> {
  return (await chosen(clicked, picked, token)) ?? inWorkspace(token);
}

/** Without the whole workspace: undefined when nothing is picked and no Dockerfile is active. */
export async function chosen(
  clicked: Uri | undefined,
  picked: readonly Uri[] | undefined,
  token?: CancellationToken,
): Promise<readonly Uri[] | undefined> {
  const uris = picked && picked.length > 0 ? picked : clicked ? [clicked] : [];
  if (uris.length > 0) {
    const found = await Promise.all(uris.map(async uri => ((await isFolder(uri)) ? filesBelow(uri, token) : [uri])));
    return found.flat();
  }
  const active = window.activeTextEditor?.document;
  return active && languages.match(ALL_SELECTOR, active) > 0 ? [active.uri] : undefined;
}

export async function inWorkspace(token?: CancellationToken): Promise<readonly Uri[]> {
  return dockerfilesOf(await workspace.findFiles(GLOB, NOT_OURS, undefined, token));
}

async function filesBelow(folder: Uri, token: CancellationToken | undefined): Promise<Uri[]> {
  return dockerfilesOf(await workspace.findFiles(new RelativePattern(folder, GLOB), NOT_OURS, undefined, token));
}

function dockerfilesOf(uris: readonly Uri[]): Uri[] {
  const named = uris.filter(uri => isDockerfileName(baseName(uri)));
  return named.sort((a, b) => (a.path < b.path ? -1 : 1));
}

const baseName = (uri: Uri): string => uri.path.slice(uri.path.lastIndexOf('/') + 1);

async function isFolder(uri: Uri): Promise<boolean> {
  try {
    // A link to a folder has the link bit set as well.
    return ((await workspace.fs.stat(uri)).type & FileType.Directory) !== 0;
  } catch {
    return false;
  }
}

export const nameOf = (uri: Uri): string => workspace.asRelativePath(uri);
