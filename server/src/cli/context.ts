import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ContextSnapshot, listContext, readIgnoreFile, withScripts } from '../context/index.js';
import { readIfThere } from './read-text.js';

/** Tells what lies beside a Dockerfile; undefined when its folder cannot be read. */
export type ContextReader = (folder: string, dockerfile: string) => Promise<ContextSnapshot | undefined>;

/**
 * Reads what lies beside Dockerfiles. The folder of the Dockerfile is taken for the build context, as most are. Each
 * folder is read once, and Dockerfiles without an ignore file of their own share one snapshot.
 */
export function contextReader(): ContextReader {
  const folders = new Map<string, Promise<Folder | undefined>>();
  const shared = (folder: string): Promise<Folder | undefined> => {
    let pending = folders.get(folder);
    if (!pending) {
      pending = readFolder(folder);
      folders.set(folder, pending);
    }
    return pending;
  };
  return async (folder, dockerfile) => {
    const known = await shared(folder);
    if (!known) return undefined;
    const { snapshot, names } = known;
    const own = await readIgnoreFile(dockerfile, path =>
      Promise.resolve(path !== SHARED && names.has(path.toLowerCase()) ? readIfThere(join(folder, path)) : undefined),
    );
    return own.ignore ? { ...snapshot, ...own } : snapshot;
  };
}

interface Folder {
  readonly snapshot: ContextSnapshot;
  /** Of everything in it, in lower case: a file system may take another case for the same. */
  readonly names: ReadonlySet<string>;
}

async function readFolder(folder: string): Promise<Folder | undefined> {
  let top: readonly Entry[] | undefined;
  const known = await listContext(path => {
    const entries = entriesOf(join(folder, path));
    if (path === '') top = entries;
    return Promise.resolve(entries);
  });
  if (!known) return undefined;
  const entries = await withScripts(known.entries, path => Promise.resolve(readIfThere(join(folder, path))));
  const text = readIfThere(join(folder, SHARED));
  return {
    snapshot: { ...known, entries, folder, ...(text === undefined ? {} : { ignore: { path: SHARED, text } }) },
    names: new Set(top?.map(([name]) => name.toLowerCase())),
  };
}

const SHARED = '.dockerignore';

type Entry = readonly [string, 'file' | 'directory'];

function entriesOf(folder: string): readonly Entry[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true }).map(
      entry => [entry.name, entry.isDirectory() ? 'directory' : 'file'] as const,
    );
  } catch {
    return undefined;
  }
}
