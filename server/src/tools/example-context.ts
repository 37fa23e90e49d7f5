import { projectFilesOf, projectServicesBuiltFrom, readProject } from '../compose/index.js';
import type { ContextEntry, ContextSnapshot } from '../context/index.js';

/** What a host would say about the build context of `Dockerfile` that holds these files and nothing else. */
export function snapshotFromFiles(files: Readonly<Record<string, string>>): ContextSnapshot {
  const entries = new Map<string, ContextEntry>();
  for (const [path, text] of Object.entries(files)) {
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1))
      entries.set(path.slice(0, slash), { path: path.slice(0, slash), kind: 'directory' });
    entries.set(path, { path, kind: 'file', text, head: new TextEncoder().encode(text).subarray(0, 512) });
  }
  const ignore = files['.dockerignore'];
  const compose = files['compose.yaml'];
  const project =
    compose === undefined ? undefined : readProject({ path: 'compose.yaml', text: compose }, projectFilesOf(files));
  return {
    entries: [...entries.values()],
    complete: true,
    ...(project ? { services: projectServicesBuiltFrom('Dockerfile', project, '') } : {}),
    ...(ignore === undefined ? {} : { ignore: { path: '.dockerignore', text: ignore } }),
  };
}
