import { mountsOf } from './mounts.js';
import type { Service } from './project.js';
import { capabilitiesIn, isPrivileged } from './service-facts.js';
import { itemsOf, knownText, valueAt } from './value.js';

/** Sockets that steer containers, and folders of the host that belong to root. */
const OF_ROOT =
  /(?:docker|containerd|podman|crio)\.sock$|^\/(?:$|(?:boot|dev|etc|proc|root|sys|usr|var\/(?:lib|log|run)|run)(?:\/|$))/;
/** Files that everybody may read. */
const FOR_ALL = /^\/etc\/(?:localtime|timezone|hosts|resolv\.conf|ssl\/certs|ca-certificates)/;

/** What a service asks for that only root can make use of, as its file says it: `privileged: true`, `cap_add: NET_ADMIN`. */
export function wantedRights(service: Service): string | undefined {
  const { body } = service;
  if (isPrivileged(service)) return 'privileged: true';
  // Another user gets none of those that are added; to listen on low ports needs none in Docker.
  const added = capabilitiesIn(service, 'cap_add').find(({ name }) => name !== 'NET_BIND_SERVICE');
  if (added) return `cap_add: ${added.name}`;
  if (itemsOf(valueAt(body, 'devices')).length > 0) return 'devices';
  if (knownText(valueAt(body, 'pid')) === 'host') return 'pid: host';
  for (const { isKnown, from, target } of mountsOf(service)) {
    if (!isKnown) continue;
    if (OF_ROOT.test(from) && !FOR_ALL.test(from)) return `volumes: ${from}`;
    if (/^\/root(?:\/|$)/.test(target)) return `volumes: ${target}`;
  }
  return undefined;
}
