import { Utils } from 'vscode-uri';
import { type Project, readProject, servicesBuiltFrom } from '../compose/index.js';
import { upwards } from '../config/config.js';
import {
  type ContextSnapshot,
  type Files,
  listContext,
  passedArguments,
  pathFrom,
  readIgnoreFile,
  rootFinder,
  withScripts,
  withStarted,
} from '../context/index.js';
import { gatherFiles } from './compose-files.js';
import type { Host } from './host.js';
import { parseUri } from './uris.js';

/** A build context with the folder that it is. */
export interface BuildContext {
  /** URI. */
  readonly root: string;
  readonly snapshot: ContextSnapshot;
}

/** What a Dockerfile expects of what is around it. */
export interface Expectations {
  /** The files that it names in its build context. */
  readonly sources: readonly string[];
  /** The names of files that say how its container starts. */
  readonly started: readonly string[];
  /** The arguments that a build has to give it. */
  readonly arguments: readonly string[];
}

/** Reads the build context of a Dockerfile with this URI; it is not a folder above `limit`, nor above a repository. */
export async function readContext(
  host: Host,
  dockerfile: string,
  expects: Expectations,
  limit: string,
): Promise<BuildContext | undefined> {
  const folder = Utils.dirname(parseUri(dockerfile)).toString();
  const top = await topOf(host, folder, limit);
  const below = pathOf(dockerfile).slice(pathOf(top).replace(/\/$/, '').length + 1);
  const { path, isUnsure } = await rootFinder(filesBelow(host, top))(below, () => expects.sources);
  const root = uriBelow(top, path);
  const { readDirectory, readFile } = filesBelow(host, root);
  const known = await listContext(readDirectory);
  if (!known) return undefined;
  const aroundTop = filesBelow(host, top);
  const [entries, ignore, passed, services] = await Promise.all([
    withScripts(known.entries, readFile).then(entries => withStarted(entries, expects.started, readFile)),
    readIgnoreFile(pathFrom(path, below), readFile),
    passedArguments(aroundTop, below, expects.arguments),
    servicesBuiltFrom(below, aroundTop, compose => projectAt(host, uriBelow(top, compose))),
  ]);
  return {
    root,
    snapshot: {
      ...known,
      entries,
      folder,
      place: below.slice(0, Math.max(0, below.lastIndexOf('/'))),
      ...ignore,
      ...(isUnsure ? { isUnsure } : {}),
      passedArguments: [...passed, ...services.flatMap(service => service.arguments)],
      services,
    },
  };
}

/** The project of a Compose file with this URI. */
async function projectAt(host: Host, uri: string): Promise<Project | undefined> {
  const text = await host.readFile(uri);
  if (text === undefined) return undefined;
  const parsed = parseUri(uri);
  const source = { path: Utils.basename(parsed), text };
  const files = await gatherFiles(host, Utils.dirname(parsed).toString(), known => readProject(source, known));
  return readProject(source, files);
}

/** The repository's folder, or the limit. */
async function topOf(host: Host, folder: string, limit: string): Promise<string> {
  for (const at of upwards(folder, limit)) {
    const names = await host.readDirectory(at);
    if (names?.some(([name]) => name === '.git')) return at;
  }
  return limit;
}

const pathOf = (uri: string): string => parseUri(uri).path;

/** A path below a folder as a URI; it may begin with `..`. */
export const uriBelow = (folder: string, path: string): string =>
  path === '' ? folder : Utils.joinPath(parseUri(folder), path).toString();

const filesBelow = (host: Host, folder: string): Files => ({
  readDirectory: path => host.readDirectory(uriBelow(folder, path)),
  readFile: path => host.readFile(uriBelow(folder, path)),
});
