import { type FSWatcher, watch } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Host } from '../host.js';

const SETTLED_MS = 50;

/** Watches a folder of a `file:` URI by what the system offers, for editors that do not watch files themselves. */
export const watchFolder: NonNullable<Host['watchFolder']> = (uri, isWanted, changed) => {
  let timer: NodeJS.Timeout | undefined;
  let watcher: FSWatcher;
  try {
    watcher = watch(fileURLToPath(uri), { persistent: false }, (_, name) => {
      if (name === null || !isWanted(name)) return;
      // An editor that saves empties a file first, or puts another in its place: the last of it counts.
      clearTimeout(timer);
      timer = setTimeout(changed, SETTLED_MS);
    });
  } catch {
    // No such folder, or the system has no watches left. What is beside a Dockerfile is read again when it is saved.
    return undefined;
  }
  watcher.on('error', () => watcher.close());
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
};
