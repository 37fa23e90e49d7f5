import type { ContextEntry, ContextSnapshot } from '../context/index.js';
import type { Host } from './host.js';

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

/** Reads what lies beside a Dockerfile: names and kinds, breadth first, and the ignore file that counts. */
export async function readContext(
  host: Host,
  folder: string,
  dockerfile: string,
): Promise<ContextSnapshot | undefined> {
  const entries: ContextEntry[] = [];
  let complete = true;
  let level: readonly { readonly uri: string; readonly path: string }[] = [{ uri: folder, path: '' }];
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth++) {
    const next: { uri: string; path: string }[] = [];
    for (const { uri, path } of level) {
      const names = await host.readDirectory(uri);
      if (!names) {
        if (depth === 0) return undefined;
        continue;
      }
      for (const [name, kind] of names) {
        if (entries.length >= MAX_ENTRIES) {
          complete = false;
          break;
        }
        const child = path === '' ? name : `${path}/${name}`;
        entries.push({ path: child, kind });
        if (kind !== 'directory') continue;
        if (OPAQUE.has(name)) complete = false;
        else next.push({ uri: `${uri}/${encodeURIComponent(name)}`, path: child });
      }
    }
    level = next;
  }
  if (level.length > 0) complete = false;
  const own = `${dockerfile}.dockerignore`;
  for (const path of [own, '.dockerignore']) {
    if (!entries.some(entry => entry.path === path)) continue;
    const text = await host.readFile(`${folder}/${encodeURIComponent(path)}`);
    if (text !== undefined) return { entries, complete, ignore: { path, text } };
  }
  return { entries, complete };
}
