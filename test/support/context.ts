import type { ContextSnapshot } from '../../server/src/context/index.js';

/** What a host would say about a build context that holds these files. */
export function snapshotFromFiles(files: Readonly<Record<string, string>>): ContextSnapshot {
  const text = files['.dockerignore'];
  return text === undefined ? {} : { ignore: { path: '.dockerignore', text } };
}
