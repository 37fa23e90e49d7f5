import type { ContextEntry, ContextSnapshot } from './snapshot.js';

/** More entries than a person looks through; a build context with more is known only in part. */
const MAX_ENTRIES = 2000;
const MAX_DEPTH = 4;

/** Folders whose insides say nothing about the project. */
const OPAQUE = new Set([
  'node_modules',
  '.git',
  '.venv',
  'venv',
  'target',
  'dist',
  'build',
  'vendor',
  '.gradle',
  '.next',
]);

/** Names and kinds of what is in a folder. */
export type FolderEntries = readonly (readonly [string, ContextEntry['kind']])[];

/** What is in a folder of the context, given by its path below the root; undefined when it cannot be read. */
export type ReadDirectory = (path: string) => Promise<FolderEntries | undefined>;

/** The text of a file there; undefined when it cannot be read. */
export type ReadFile = (path: string) => Promise<string | undefined>;

/** What is in a build context, breadth first; undefined when not even its root can be read. */
export async function listContext(
  readDirectory: ReadDirectory,
): Promise<Pick<ContextSnapshot, 'entries' | 'complete'> | undefined> {
  const entries: ContextEntry[] = [];
  let complete = true;
  let level = [''];
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth++) {
    const next: string[] = [];
    for (const path of level) {
      const names = await readDirectory(path);
      if (!names) {
        if (depth === 0) return undefined;
        complete = false;
        continue;
      }
      for (const [name, kind] of [...names].sort(([a], [b]) => (a < b ? -1 : 1))) {
        if (entries.length >= MAX_ENTRIES) return { entries, complete: false };
        const child = path === '' ? name : `${path}/${name}`;
        entries.push({ path: child, kind });
        if (kind === 'file') continue;
        if (OPAQUE.has(name)) complete = false;
        else next.push(child);
      }
    }
    level = next;
  }
  return { entries, complete: complete && level.length === 0 };
}

/** The ignore file that counts for a Dockerfile, given by its path from the context root: its own, beside it, before the context's. */
export async function readIgnoreFile(dockerfile: string, readFile: ReadFile): Promise<Pick<ContextSnapshot, 'ignore'>> {
  for (const path of [`${dockerfile}.dockerignore`, '.dockerignore']) {
    const text = await readFile(path);
    if (text !== undefined) return { ignore: { path, text } };
  }
  return {};
}

/** Scripts by which containers are started: their names end so, or say so. */
const SCRIPT = /\.(?:sh|bash)$|(?:^|[/-])(?:docker-)?entrypoint$/;
const MAX_SCRIPTS = 20;
/** Folders below the root that are looked into for scripts: `docker/entrypoint.sh`, `docker/app/start.sh`. */
const SCRIPT_DEPTH = 3;

/** The same entries, scripts with their text: what starts the container may tell which user it needs. */
export async function withScripts(
  entries: readonly ContextEntry[],
  readFile: ReadFile,
): Promise<readonly ContextEntry[]> {
  const scripts = entries
    .filter(({ path, kind }) => kind === 'file' && SCRIPT.test(path) && path.split('/').length <= SCRIPT_DEPTH)
    .slice(0, MAX_SCRIPTS);
  const texts = new Map<ContextEntry, string>();
  await Promise.all(
    scripts.map(async entry => {
      const text = await readFile(entry.path);
      if (text !== undefined) texts.set(entry, text);
    }),
  );
  return texts.size === 0
    ? entries
    : entries.map(entry => {
        const text = texts.get(entry);
        return text === undefined ? entry : { ...entry, text };
      });
}
