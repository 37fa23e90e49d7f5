import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ContextSnapshot, listContext, readIgnoreFile, withScripts } from '../context/index.js';

/** Reads what lies beside Dockerfiles. The folder of the Dockerfile is taken for the build context, as most are. */
export function contextReader(): (folder: string, dockerfile: string) => Promise<ContextSnapshot | undefined> {
  const listings = new Map<string, Promise<Omit<ContextSnapshot, 'ignore'> | undefined>>();
  const list = async (folder: string): Promise<Omit<ContextSnapshot, 'ignore'> | undefined> => {
    const known = await listContext(path => names(join(folder, path)));
    if (!known) return undefined;
    const entries = await withScripts(known.entries, path => text(join(folder, path)));
    return { ...known, entries, folder };
  };
  return async (folder, dockerfile) => {
    let pending = listings.get(folder);
    if (!pending) {
      pending = list(folder);
      listings.set(folder, pending);
    }
    const known = await pending;
    if (!known) return undefined;
    const ignore = await readIgnoreFile(dockerfile, path => text(join(folder, path)));
    return { ...known, ...ignore };
  };
}

async function names(folder: string): Promise<(readonly [string, 'file' | 'directory'])[] | undefined> {
  const found = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
  return found?.map(entry => [entry.name, entry.isDirectory() ? 'directory' : 'file'] as const);
}

const text = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined);
