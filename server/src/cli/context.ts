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
  const folders = new Map<string, Promise<ContextSnapshot | undefined>>();
  const shared = (folder: string): Promise<ContextSnapshot | undefined> => {
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
    const own = await readIgnoreFile(dockerfile, path => Promise.resolve(ownFile(folder, path)));
    return own.ignore ? { ...known, ...own } : known;
  };
}

async function readFolder(folder: string): Promise<ContextSnapshot | undefined> {
  const known = await listContext(path => Promise.resolve(names(join(folder, path))));
  if (!known) return undefined;
  const entries = await withScripts(known.entries, path => Promise.resolve(readIfThere(join(folder, path))));
  const text = readIfThere(join(folder, SHARED));
  return { ...known, entries, folder, ...(text === undefined ? {} : { ignore: { path: SHARED, text } }) };
}

const SHARED = '.dockerignore';
const ownFile = (folder: string, path: string): string | undefined =>
  path === SHARED ? undefined : readIfThere(join(folder, path));

function names(folder: string): (readonly [string, 'file' | 'directory'])[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true }).map(
      entry => [entry.name, entry.isDirectory() ? 'directory' : 'file'] as const,
    );
  } catch {
    return undefined;
  }
}
