import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { type Project, readProject, servicesBuiltFrom } from '../compose/index.js';
import {
  type ContextSnapshot,
  type Files,
  listContext,
  namedSources,
  passedArguments,
  requiredArguments,
  rootFinder,
  startedNames,
  withScripts,
  withStarted,
} from '../context/index.js';
import { parseDockerfile } from '../dockerfile/index.js';
import { keeping } from '../text/keeping.js';
import { filesAround } from './compose-file.js';
import { readIfThere } from './read-text.js';

/** What the command line says about build contexts; can be sent to another thread. */
export interface ContextChoice {
  /** The folder that it was started in. */
  readonly cwd: string;
  /** The build context of all files, absolute, where it was given. */
  readonly context: string | undefined;
}

/** Tells what is in the build context of a Dockerfile, given by its folder, name and text; undefined when that cannot be read. */
export type ContextReader = (folder: string, name: string, text: string) => Promise<ContextSnapshot | undefined>;

/** Reads build contexts, each folder once. Dockerfiles of one folder without an ignore file of their own share one snapshot. */
export function contextReader({ cwd, context }: ContextChoice): ContextReader {
  const list = keeping(entriesOf);
  const ignoreNames = keeping(
    (folder: string) =>
      new Set((list(folder) ?? []).map(([name]) => name.toLowerCase()).filter(name => name.endsWith(SHARED))),
  );
  const topOf = keeping((folder: string) => findTop(folder, cwd));
  const finderOf = keeping((top: string) => rootFinder(filesBelow(top, list)));
  const readRoot = keeping((root: string) => readContext(filesBelow(root, list)));
  const projectAt = keeping(composeProject);
  const snapshots = new Map<string, ContextSnapshot>();

  async function rootOf(folder: string, name: string, text: string): Promise<Root> {
    if (context !== undefined) return { path: context, isUnsure: false };
    const top = topOf(folder);
    const find = finderOf(top);
    const { path, isUnsure } = await find(pathFrom(top, join(folder, name)), () => namedSources(parseDockerfile(text)));
    return { path: path === '' ? top : join(top, path), isUnsure };
  }

  async function withProject(snapshot: ContextSnapshot, folder: string, name: string, text: string) {
    const required = requiredArguments(parseDockerfile(text));
    const top = topOf(folder);
    const files = filesBelow(top, list);
    const dockerfile = pathFrom(top, join(folder, name));
    const services = await servicesBuiltFrom(dockerfile, files, path => projectAt(join(top, path)));
    if (required.length === 0 && services.length === 0) return snapshot;
    const passed = await passedArguments(files, dockerfile, required);
    return {
      ...snapshot,
      passedArguments: [...passed, ...services.flatMap(service => service.arguments)],
      services,
    };
  }

  return async (folder, name, text) => {
    const root = await rootOf(folder, name, text);
    const known = await readRoot(root.path);
    if (!known) return undefined;
    const key = JSON.stringify([folder, root]);
    const shared = snapshots.get(key) ?? {
      ...known,
      folder,
      place: pathFrom(topOf(folder), folder),
      ...(root.isUnsure ? { isUnsure: true } : {}),
    };
    snapshots.set(key, shared);
    const { readFile } = filesBelow(root.path, list);
    const entries = await withStarted(shared.entries, startedNames(parseDockerfile(text)), readFile);
    const snapshot = entries === shared.entries ? shared : { ...shared, entries };
    const ownName = `${name}${SHARED}`;
    // A file system may take another case for the same.
    const ownText = ignoreNames(folder).has(ownName.toLowerCase()) ? readIfThere(join(folder, ownName)) : undefined;
    const ignoring =
      ownText === undefined
        ? snapshot
        : { ...snapshot, ignore: { path: pathFrom(root.path, join(folder, ownName)), text: ownText } };
    return withProject(ignoring, folder, name, text);
  };
}

interface Root {
  readonly path: string;
  readonly isUnsure: boolean;
}

/** The folder that no build context is above: the repository's; without one where the command was started, or the Dockerfile's own. */
function findTop(folder: string, cwd: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (at === dirname(at)) break;
  }
  return folder === cwd || folder.startsWith(cwd.endsWith(sep) ? cwd : cwd + sep) ? cwd : folder;
}

const pathFrom = (folder: string, path: string): string => relative(folder, path).split(sep).join('/');

const filesBelow = (top: string, list: typeof entriesOf): Files => ({
  readDirectory: path => Promise.resolve(list(path === '' ? top : join(top, path))),
  readFile: path => Promise.resolve(readIfThere(join(top, path))),
});

async function readContext({ readDirectory, readFile }: Files): Promise<ContextSnapshot | undefined> {
  const known = await listContext(readDirectory);
  if (!known) return undefined;
  const entries = await withScripts(known.entries, readFile);
  const text = await readFile(SHARED);
  return { ...known, entries, ...(text === undefined ? {} : { ignore: { path: SHARED, text } }) };
}

/** The project of a Compose file, given by its whole path. */
async function composeProject(path: string): Promise<Project | undefined> {
  const text = readIfThere(path);
  return text === undefined ? undefined : readProject({ path: basename(path), text }, filesAround(dirname(path)));
}

const SHARED = '.dockerignore';

type Entry = readonly [string, 'file' | 'directory'];

function entriesOf(folder: string): readonly Entry[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true }).map(
      entry => [entry.name, entry.isDirectory() ? 'directory' : 'file'] as const,
    );
  } catch {
    return undefined;
  }
}
