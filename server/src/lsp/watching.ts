import { type Connection, DidChangeWatchedFilesNotification } from 'vscode-languageserver';
import { isComposeName } from '../../../shared/src/compose-names.js';
import { HADOLINT_CONFIG_NAMES, OWN_CONFIG_NAMES } from '../config/config.js';
import type { Host } from './host.js';

const CONFIGS: readonly string[] = [...OWN_CONFIG_NAMES, ...HADOLINT_CONFIG_NAMES];

/** They may say what the build context is, and Compose reads several together. */
const COMPOSE_FILES = ['compose*.y*ml', 'docker-compose*.y*ml'];

/** What findings depend on besides the Dockerfile itself. One glob each: not every client reads braces as they are meant. */
const GLOBS = [...CONFIGS, '.dockerignore', '*.dockerignore', '.env', ...COMPOSE_FILES].map(name => `**/${name}`);

const isWatched = (name: string): boolean =>
  CONFIGS.includes(name) || name.endsWith('.dockerignore') || name === '.env' || isComposeName(name);

/** Has the client watch for the files that findings depend on. Rejects where it does not after all. */
export async function watchByClient(connection: Connection, globs: readonly string[] = GLOBS): Promise<void> {
  const watchers = globs.map(globPattern => ({ globPattern }));
  await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
}

/** The names of files that a configuration extends: they may be called anything. */
export interface ExtendedNames {
  has(name: string): boolean;
  /** The names among these that nobody has watched for until now. */
  add(names: readonly string[]): readonly string[];
}

export function createExtendedNames(): ExtendedNames {
  const names = new Set<string>();
  return {
    has: name => names.has(name),
    add(more) {
      const fresh = [...new Set(more)].filter(name => !isWatched(name) && !names.has(name));
      for (const name of fresh) names.add(name);
      return fresh;
    },
  };
}

/** Folders that the server watches itself, for clients that cannot. */
export interface FolderWatch {
  /** Watches these folders, and no others. */
  set(folders: Iterable<string>): void;
}

export function createFolderWatch({ watchFolder }: Host, extended: ExtendedNames, changed: () => void): FolderWatch {
  const isWanted = (name: string): boolean => isWatched(name) || extended.has(name);
  const watched = new Map<string, () => void>();
  return {
    set(folders) {
      const wanted = new Set(folders);
      for (const [folder, stop] of watched) {
        if (wanted.has(folder)) continue;
        stop();
        watched.delete(folder);
      }
      for (const folder of wanted) {
        if (watched.has(folder)) continue;
        const stop = watchFolder?.(folder, isWanted, changed);
        if (stop) watched.set(folder, stop);
      }
    },
  };
}
