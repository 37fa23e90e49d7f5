import { isComposeName } from '../../../shared/src/compose-names.js';
import type { ComposeService, Files } from '../context/index.js';
import { joined, parentOf, pathBelow, upTo } from '../context/path-below.js';
import type { FolderEntries } from '../context/read.js';
import { isRootName } from '../facts/index.js';
import { keepingWith } from '../text/keeping.js';
import { dockerfilePathOf } from './dockerfile.js';
import { ownHealth } from './health.js';
import { mountsOf } from './mounts.js';
import type { Project, Service } from './project.js';
import { buildArgsOf, environmentOf, isJob, wordsOf } from './service-facts.js';
import { ownServices } from './services.js';
import { scalarAt, valueAt } from './value.js';
import { wantedRights } from './wanted-rights.js';

/** The names of the Compose files in a folder; many Dockerfiles may lie in it. */
const composeNamesIn = keepingWith((entries: FolderEntries): readonly string[] =>
  entries.flatMap(([name, kind]) => (kind === 'file' && isComposeName(name) ? [name] : [])),
);

/** Reads the project of the Compose file at a path below the top folder; undefined when it cannot be read. */
export type ReadProject = (path: string) => Promise<Project | undefined>;

/**
 * The services that are built from a Dockerfile, by the Compose files in its folder and in those above; paths are below
 * one top folder. What a file for developing says is not true of the image that is shipped.
 */
export async function servicesBuiltFrom(
  dockerfile: string,
  { readDirectory }: Pick<Files, 'readDirectory'>,
  readProject: ReadProject,
): Promise<readonly ComposeService[]> {
  const found = await Promise.all(
    upTo(parentOf(dockerfile)).map(async folder => {
      const entries = await readDirectory(folder);
      const projects = await Promise.all(
        (entries ? composeNamesIn(entries) : []).map(name => readProject(joined(folder, name))),
      );
      return projects.flatMap(project => (project ? projectServicesBuiltFrom(dockerfile, project, folder) : []));
    }),
  );
  return found.flat();
}

/** Those of one project, whose Compose file is in this folder. */
export function projectServicesBuiltFrom(
  dockerfile: string,
  project: Project,
  folder: string,
): readonly ComposeService[] {
  if (project.isForTrying) return [];
  return ownServices(project)
    .filter(service => {
      const isSure = service.isWhole && scalarAt(service.body, 'build', 'target')?.isKnown !== false;
      const path = isSure ? dockerfilePathOf(service) : undefined;
      return path !== undefined && pathBelow(folder, path) === dockerfile;
    })
    .map(service => ({
      name: service.name,
      target: scalarAt(service.body, 'build', 'target')?.text || undefined,
      needsNoHealthcheck: ownHealth(service) !== undefined || isJob(service, project),
      isNonRoot: isNonRoot(service),
      wantsOfRoot: wantedRights(service),
      starts: startOf(service),
      mounts: mountsOf(service).flatMap(({ isKnown, type, from, target, isReadOnly }) =>
        isKnown && !isReadOnly && from !== '' && (type === 'bind' || type === 'volume')
          ? { kind: type, from, target }
          : [],
      ),
      arguments: buildArgsOf(service).map(({ name }) => name),
      startsOtherwise: startsOtherwise(service),
      hasCommand: ['command', 'entrypoint'].some(key => service.body.entries.has(key)),
    }));
}

/** What it starts in place of CMD or ENTRYPOINT; undefined where it leaves them, or where that is not known. */
function startOf({ body }: Service): ComposeService['starts'] {
  const [entrypoint, command] = [valueAt(body, 'entrypoint'), valueAt(body, 'command')].map(wordsOf);
  if (body.entries.has('entrypoint'))
    return entrypoint && { words: [...entrypoint, ...(command ?? [])], insteadOf: 'ENTRYPOINT' };
  return command && command.length > 0 ? { words: command, insteadOf: 'CMD' } : undefined;
}

/** A user that the environment names is not root: who only wants root need not ask for that. */
function isNonRoot({ body }: Service): boolean {
  const user = scalarAt(body, 'user');
  if (!user || user.type === 'null') return false;
  return !user.isKnown || (user.text !== '' && !isRootName(user.text));
}

const ADDRESS = /HOST|ADDR|BIND|LISTEN|_ARGS$/i;

/** Whether it starts something else than the image does, shares a network, or has variables that may say where to listen. */
const startsOtherwise = (service: Service): boolean =>
  ['command', 'entrypoint', 'network_mode', 'env_file'].some(key => service.body.entries.has(key)) ||
  environmentOf(service).some(({ name }) => ADDRESS.test(name));
