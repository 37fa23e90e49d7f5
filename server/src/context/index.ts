/** One file or folder of a build context; the path is relative to its root, with `/`. */
export interface ContextEntry {
  readonly path: string;
  readonly kind: 'file' | 'directory';
}

/** What a host knows of a build context. */
export interface ContextSnapshot {
  readonly entries: readonly ContextEntry[];
  /** Whether `entries` is everything; else a missing entry proves nothing. */
  readonly complete: boolean;
  /** The ignore file that counts: `<Dockerfile>.dockerignore`, else `.dockerignore`. */
  readonly ignore?: { readonly path: string; readonly text: string };
}

/** Temporary: replaced by the context layer. */
export function suggestIgnore(_files: readonly string[], _sources: readonly string[]): string[] {
  return [];
}
