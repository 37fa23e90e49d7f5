import { isComposeName } from '../../../shared/src/compose-names.js';
import { keeping } from '../text/keeping.js';
import { type ComposeBuild, composeBuilds } from './compose.js';
import { joined, nameOf, parentOf, upTo } from './path-below.js';
import type { ReadDirectory, ReadFile } from './read.js';
import { isProjectFile } from './suggest.js';

/** Files below a top folder, by their paths there; the top folder itself is ''. */
export interface Files {
  readonly readDirectory: ReadDirectory;
  readonly readFile: ReadFile;
}

/** The folder that a Dockerfile is built in, below the top folder. */
export interface ContextRoot {
  readonly path: string;
  /** Nothing tells for certain: it is the likeliest one. */
  readonly isUnsure: boolean;
}

const IGNORE = '.dockerignore';

type Names = ReadonlySet<string>;

/**
 * Finds the build contexts of Dockerfiles below a top folder, such as that of a repository: what a Compose file says; else
 * the nearest folder, from the Dockerfile's own up to the top, that has all the sources which the file names; else the one
 * with a `.dockerignore`; else its own, if there is a project in it. What is read is kept.
 */
export function rootFinder(
  files: Files,
): (dockerfile: string, sources: () => readonly string[]) => Promise<ContextRoot> {
  const namesIn = keeping(
    async (folder: string): Promise<Names> =>
      new Set(((await files.readDirectory(folder)) ?? []).map(([name]) => name)),
  );
  const exists = async (path: string): Promise<boolean> =>
    path === '' || (await namesIn(parentOf(path))).has(nameOf(path));
  const isProject = keeping(async (folder: string) => [...(await namesIn(folder))].some(isProjectFile));
  const buildsIn = keeping((folder: string) => readBuilds(folder, namesIn, files.readFile));

  async function byCompose(dockerfile: string, folders: readonly string[]): Promise<readonly string[]> {
    const builds = (await Promise.all(folders.map(buildsIn))).flat();
    const contexts = builds.filter(build => build.dockerfile === dockerfile).map(({ context }) => context);
    return filtered([...new Set(contexts)], exists);
  }

  /** The folders that have the sources; those that are nowhere are still to be made, and tell nothing. */
  async function bySources(sources: readonly string[], folders: readonly string[]): Promise<Found> {
    const has = await Promise.all(
      folders.map(async folder => new Set(await filtered(sources, source => exists(joined(folder, source))))),
    );
    const telling = sources.filter(source => has.some(set => set.has(source)));
    const index = has.findIndex(set => telling.every(source => set.has(source)));
    return { tell: telling.length > 0, folder: folders[index] };
  }

  return async (dockerfile, sources) => {
    const own = parentOf(dockerfile);
    const folders = upTo(own);
    const composed = await byCompose(dockerfile, folders);
    const [only] = composed;
    if (only !== undefined) return composed.length === 1 ? sure(only) : unsure(own);
    if (folders.length === 1) return sure(own);
    const { tell, folder } = await bySources(sources(), folders);
    if (tell) return folder === undefined ? unsure(own) : sure(folder);
    const ignoring = await filtered(folders, one => exists(joined(one, IGNORE)));
    const [ignored] = ignoring;
    if (ignored !== undefined) return ignoring.length === 1 ? sure(ignored) : unsure(ignored);
    const [project] = await filtered(folders, isProject);
    return project === own ? sure(own) : unsure(project ?? own);
  };
}

interface Found {
  /** Whether some of the sources is anywhere. */
  readonly tell: boolean;
  readonly folder: string | undefined;
}

const sure = (path: string): ContextRoot => ({ path, isUnsure: false });
const unsure = (path: string): ContextRoot => ({ path, isUnsure: true });

async function readBuilds(
  folder: string,
  namesIn: (folder: string) => Promise<Names>,
  readFile: ReadFile,
): Promise<readonly ComposeBuild[]> {
  const names = [...(await namesIn(folder))].filter(isComposeName);
  const texts = await Promise.all(names.map(name => readFile(joined(folder, name))));
  return texts.flatMap(text => (text === undefined ? [] : composeBuilds(text, folder)));
}

async function filtered<T>(items: readonly T[], holds: (item: T) => Promise<boolean>): Promise<readonly T[]> {
  const verdicts = await Promise.all(items.map(holds));
  return items.filter((_, index) => verdicts[index]);
}
