import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContextSnapshot } from '../context/index.js';

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

interface Entry {
  readonly path: string;
  readonly kind: 'file' | 'directory';
}

interface Listing {
  readonly entries: readonly Entry[];
  readonly complete: boolean;
}

/** Reads what lies beside Dockerfiles. The folder of the Dockerfile is taken for the build context, as most are. */
export function contextReader(): (folder: string, dockerfile: string) => Promise<ContextSnapshot | undefined> {
  const listings = new Map<string, Promise<Listing | undefined>>();
  return async (folder, dockerfile) => {
    let pending = listings.get(folder);
    if (!pending) {
      pending = listing(folder);
      listings.set(folder, pending);
    }
    const known = await pending;
    if (!known) return undefined;
    for (const path of [`${dockerfile}.dockerignore`, '.dockerignore']) {
      const text = await readFile(join(folder, path), 'utf8').catch(() => undefined);
      if (text !== undefined) return { ...known, ignore: { path, text } };
    }
    return known;
  };
}

async function listing(folder: string): Promise<Listing | undefined> {
  const entries: Entry[] = [];
  let complete = true;
  let level = [''];
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth++) {
    const next: string[] = [];
    for (const path of level) {
      const names = await readdir(join(folder, path), { withFileTypes: true }).catch(() => undefined);
      if (!names) {
        if (depth === 0) return undefined;
        complete = false;
        continue;
      }
      for (const name of names.sort((a, b) => (a.name < b.name ? -1 : 1))) {
        if (entries.length >= MAX_ENTRIES) return { entries, complete: false };
        const child = path === '' ? name.name : `${path}/${name.name}`;
        const kind = name.isDirectory() ? 'directory' : 'file';
        entries.push({ path: child, kind });
        if (kind === 'file') continue;
        if (OPAQUE.has(name.name)) complete = false;
        else next.push(child);
      }
    }
    level = next;
  }
  return { entries, complete: complete && level.length === 0 };
}
