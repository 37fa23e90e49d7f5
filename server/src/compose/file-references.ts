import { contextOf, dockerfilePathOf } from './dockerfile.js';
import type { Project } from './project.js';
import { folderOf, isRelative, joinedPath } from './project-files.js';
import { ownServices } from './services.js';
import { entriesOf, entryOf, itemsOf, knownText, type Place, truth, type Value, valueAt } from './value.js';

/** A file or a folder that a Compose file names. */
export interface FileReference {
  readonly at: Place;
  /** Relative to the folder of the file. */
  readonly path: string;
  /** What happens without it. */
  readonly what: string;
  /** Else it may well be made before it is needed. */
  readonly isNeeded: boolean;
}

/** All of them whose paths are known and lead to where the file is. */
export function fileReferences(project: Project): readonly FileReference[] {
  const found: FileReference[] = [];
  const add = (at: Place, path: string | undefined, what: string, isNeeded = true): void => {
    if (path === undefined || !isRelative(path) || path.includes('$')) return;
    found.push({ at, path: joinedPath(folderOf(at.source.path), path), what, isNeeded });
  };
  for (const service of ownServices(project)) {
    const { body } = service;
    const build = entryOf(body, 'build');
    const context = contextOf(service);
    if (build && context !== undefined) {
      const folder = joinedPath(folderOf(build.source.path), context);
      add(build, context, 'the build stops');
      const dockerfile = dockerfilePathOf(service);
      // Without the folder there is no file in it either.
      if (dockerfile !== undefined && project.beside.look(folder)?.kind === 'directory')
        add(entryOf(build.value, 'dockerfile') ?? build, dockerfile, 'the build stops');
    }
    for (const item of envFiles(valueAt(body, 'env_file'))) add(item.at, item.path, 'Compose stops', item.isNeeded);
    const extending = entryOf(valueAt(body, 'extends'), 'file');
    if (extending) add(extending, knownText(extending.value), 'Compose stops');
  }
  for (const kind of ['secrets', 'configs'] as const)
    for (const { value } of entriesOf(valueAt(project.own.root, kind))) {
      const file = entryOf(value, 'file');
      // Secrets are not committed: whoever starts the project makes them.
      if (file) add(file, knownText(file.value), 'services that need it do not start', false);
    }
  for (const item of itemsOf(valueAt(project.own.root, 'include')))
    if (item.kind === 'scalar') add(item, knownText(item), 'Compose stops');
  return found;
}

interface EnvFile {
  readonly at: Value;
  readonly path: string | undefined;
  readonly isNeeded: boolean;
}

/** A file of variables is seldom committed, so that it is not here says little. */
function envFiles(value: Value | undefined): readonly EnvFile[] {
  const items = value?.kind === 'sequence' ? value.items : value ? [value] : [];
  return items.flatMap((at): EnvFile[] => {
    if (at.kind === 'scalar') return [{ at, path: knownText(at), isNeeded: false }];
    if (truth(valueAt(at, 'required')) === false) return [];
    return [{ at, path: knownText(valueAt(at, 'path')), isNeeded: false }];
  });
}
