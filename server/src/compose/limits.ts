import { addKeys, addToService, type Change } from './edits.js';
import type { Project, Service } from './project.js';
import { entryOf, type Value, valueAt } from './value.js';

/** What Compose can bound, and the keys for it. */
export const LIMITS = {
  memory: { keys: ['mem_limit'], deploy: 'memory' },
  cpus: { keys: ['cpus', 'cpu_quota', 'cpu_shares'], deploy: 'cpus' },
  pids: { keys: ['pids_limit'], deploy: 'pids' },
} as const;

export type LimitName = keyof typeof LIMITS;

export interface Limit {
  readonly state: 'none' | 'unlimited' | 'limited' | 'unknown';
  /** Where it says that there is none. */
  readonly value: Value | undefined;
}

/** Whether something of a service is bounded: by a key of its own, or below `deploy`. */
export function limitOf({ body }: Service, name: LimitName): Limit {
  const { keys, deploy } = LIMITS[name];
  const values = [...keys.map(key => valueAt(body, key)), valueAt(body, 'deploy', 'resources', 'limits', deploy)];
  let found: Limit = { state: 'none', value: undefined };
  for (const value of values) {
    if (value?.kind !== 'scalar' || value.type === 'null') continue;
    const state = !value.isKnown ? 'unknown' : /^(?:0+(?:\.0+)?[a-z]*|-1)$/i.test(value.text) ? 'unlimited' : 'limited';
    if (state !== 'unlimited') return { state, value };
    found = { state, value };
  }
  return found;
}

/** Bounds it in the form that the file uses: below `deploy` where the service has one, else by a key of its own. */
export function addLimit(project: Project, service: Service, name: LimitName, value: string | number): Change {
  const [key] = LIMITS[name].keys;
  const inDeploy = { [LIMITS[name].deploy]: value };
  const deploy = entryOf(service.body, 'deploy');
  if (!deploy && !project.isSwarm) return addToService(project, service, { [key]: value });
  const path = ['services', service.name, 'deploy'];
  if (!deploy) return addToService(project, service, { deploy: { resources: { limits: inDeploy } } });
  if (!valueAt(deploy.value, 'resources')) return addKeys(project, path, { resources: { limits: inDeploy } });
  if (!valueAt(deploy.value, 'resources', 'limits'))
    return addKeys(project, [...path, 'resources'], { limits: inDeploy });
  return addKeys(project, [...path, 'resources', 'limits'], inDeploy);
}
