import { builtFrom, lastOf } from './dockerfile.js';
import { rowOf } from './needs.js';
import type { Project, Service } from './project.js';
import { imageOf } from './service-facts.js';
import { type Entry, entryOf, itemsOf, truth, type Value, valueAt } from './value.js';

/** Whether Docker knows that a service is well. */
export type Health = 'checked' | 'switched off' | 'none' | 'unknown';

export const healthOf = (service: Service, project: Project): Health =>
  ownHealth(service) ?? imageHealth(service, project);

/** What the Compose file says; undefined where it leaves that to the image. */
export function ownHealth({ body }: Service): 'checked' | 'switched off' | undefined {
  const check = valueAt(body, 'healthcheck');
  if (check && isOff(check)) return 'switched off';
  return check && valueAt(check, 'test') ? 'checked' : undefined;
}

export const isOff = (check: Value): boolean =>
  truth(valueAt(check, 'disable')) === true || isNone(valueAt(check, 'test'));

function isNone(test: Value | undefined): boolean {
  const first = test?.kind === 'sequence' ? itemsOf(test)[0] : test;
  return first?.kind === 'scalar' && first.text === 'NONE';
}

/** What the image brings: official images have no health check, by the rules for them. */
export function imageHealth(service: Service, project: Project): Health {
  if (service.body.entries.has('build')) {
    const built = builtFrom(service, project);
    if (!built?.stage) return 'unknown';
    const check = lastOf(built, 'HEALTHCHECK');
    if (check) return /^NONE\b/i.test(check.arguments.text) ? 'none' : 'checked';
    return built.stage.image.isKnown ? 'none' : 'unknown';
  }
  const image = imageOf(service);
  const isOfficial = image !== undefined && image.registry === undefined && !image.path.includes('/');
  return isOfficial && (rowOf(service) !== undefined || WITHOUT.has(image.path)) ? 'none' : 'unknown';
}

const WITHOUT = new Set([
  'httpd',
  'node',
  'python',
  'golang',
  'ruby',
  'php',
  'alpine',
  'debian',
  'ubuntu',
  'busybox',
  'wordpress',
  'nextcloud',
  'adminer',
  'tomcat',
  'ghost',
]);

/** The test of a health check with its place. */
export const testOf = ({ body }: Service): Entry | undefined => entryOf(valueAt(body, 'healthcheck'), 'test');
