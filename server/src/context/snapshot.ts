import { keepingWith } from '../text/keeping.js';

/** One file or folder of a build context; the path is relative to its root, with `/`. */
export interface ContextEntry {
  readonly path: string;
  readonly kind: 'file' | 'directory';
  /** The first 512 bytes of a file, where the host has read them. */
  readonly head?: Uint8Array;
  /** The text of a script that may be what starts the container; see `withScripts`. */
  readonly text?: string;
}

/** Something that a container of a Compose service sees at a path. */
export interface ComposeMount {
  readonly kind: 'bind' | 'volume';
  /** A path of the host, or the name of a volume. */
  readonly from: string;
  readonly target: string;
}

/** What a Compose service says of the containers that it starts from the image of a Dockerfile. */
export interface ComposeService {
  readonly name: string;
  /** The stage that it is built up to, as written; undefined for the last one. */
  readonly target: string | undefined;
  /** It has a health check of its own or switches it off, or it ends by itself. */
  readonly needsNoHealthcheck: boolean;
  /** It has a user of its own, who is not root. */
  readonly isNonRoot: boolean;
  /** What it asks for that only root can make use of, as its file says it: `cap_add: NET_ADMIN`. */
  readonly wantsOfRoot: string | undefined;
  /** The words that it starts in place of what the Dockerfile says. */
  readonly starts: { readonly words: readonly string[]; readonly insteadOf: 'CMD' | 'ENTRYPOINT' } | undefined;
  /** Folders and files of the host, and volumes with a name, that it may write to. */
  readonly mounts: readonly ComposeMount[];
  /** The names of the build arguments that it passes. */
  readonly arguments: readonly string[];
  /** What its containers start, or where that listens, may be other than the image says. */
  readonly startsOtherwise: boolean;
  /** It has a command or an entry point of its own. */
  readonly hasCommand: boolean;
}

/** What a host knows of a build context, read before linting. */
export interface ContextSnapshot {
  /** The path or URI of the Dockerfile's own folder as the host names it; only its name says something. */
  readonly folder?: string;
  /** That folder below the repository's, or below the one that is open: '' for that itself. */
  readonly place?: string;
  readonly entries: readonly ContextEntry[];
  /** Whether `entries` is everything; else a missing entry proves nothing. */
  readonly complete: boolean;
  /** Whether another folder may be the build context: then nothing that depends on which one it is may be said. */
  readonly isUnsure?: true;
  /** Of the build arguments without a default, those that a file of the project passes. */
  readonly passedArguments?: readonly string[];
  /** The services of Compose files that are built from the Dockerfile; those for developing and testing do not count. */
  readonly services?: readonly ComposeService[];
  /** The ignore file that counts: `<Dockerfile>.dockerignore`, else `.dockerignore`. */
  readonly ignore?: { readonly path: string; readonly text: string };
}

// By the list, for many Dockerfiles may share one folder and differ in their ignore files only.
const byPath = keepingWith(
  (entries: ContextSnapshot['entries']): ReadonlyMap<string, ContextEntry> =>
    new Map(entries.map(entry => [entry.path, entry])),
);

/** A source as COPY reads it, relative to the context root: no leading `/` or `./`, no `..` above the root; '' is the root. */
export function contextPath(source: string): string {
  const parts: string[] = [];
  for (const part of source.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** The entry at a path as COPY names it; undefined when there is none or it is not known. */
export function contextEntry(snapshot: ContextSnapshot, path: string): ContextEntry | undefined {
  return byPath(snapshot.entries).get(contextPath(path));
}

/** True or false when certain. */
export function contextHas(snapshot: ContextSnapshot, path: string): boolean | undefined {
  const clean = contextPath(path);
  if (clean === '' || byPath(snapshot.entries).has(clean)) return true;
  return snapshot.complete ? false : undefined;
}
