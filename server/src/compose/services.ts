import type { Project, Service } from './project.js';
import { type Capability, capabilitiesIn, imageOf, isPrivileged } from './service-facts.js';
import { type Entry, entryOf, knownText } from './value.js';

/** The services that a file, and what is merged with it, has itself. */
export const ownServices = ({ services }: Project): readonly Service[] =>
  [...services.values()].filter(service => !service.isIncluded);

/** Whether some service of the project builds an image of this name. */
export const isBuiltHere = (image: string, { services }: Project): boolean =>
  [...services.values()].some(service => service.body.entries.has('build') && imageOf(service)?.text === image);

interface ServiceEntry {
  readonly service: Service;
  readonly entry: Entry;
}

/** The entries by which services join a namespace of the host: `pid: host`. */
export const hostNamespaces = (
  project: Project,
  key: 'ipc' | 'network_mode' | 'pid' | 'userns_mode' | 'uts',
): readonly ServiceEntry[] =>
  ownServices(project).flatMap(service => {
    const entry = entryOf(service.body, key);
    return entry && knownText(entry.value) === 'host' ? [{ service, entry }] : [];
  });

/** What `cap_add` adds; a privileged service has all of them anyway. */
export const addedCapabilities = (project: Project): readonly (Capability & { readonly service: Service })[] =>
  ownServices(project)
    .filter(service => !isPrivileged(service))
    .flatMap(service => capabilitiesIn(service, 'cap_add').map(capability => ({ ...capability, service })));
