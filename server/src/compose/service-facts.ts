import { type ImageReference, parseReference } from '../dockerfile/index.js';
import { perService } from './per-service.js';
import type { Project, Service } from './project.js';
import { itemsOf, knownText, type Pair, pairsOf, type Scalar, scalarAt, truth, type Value, valueAt } from './value.js';

export const isPrivileged = (service: Service): boolean => truth(valueAt(service.body, 'privileged')) === true;

/** Variables of the container, with what an `env_file` may set left out. */
export const environmentOf = perService(({ body }): readonly Pair[] => pairsOf(valueAt(body, 'environment')));

export const buildArgsOf = perService(({ body }): readonly Pair[] => pairsOf(valueAt(body, 'build', 'args')));

/** The image that a service starts; undefined when it is not known. */
export const imageOf = perService(({ body }): ImageReference | undefined => {
  const text = knownText(valueAt(body, 'image'));
  return text === undefined ? undefined : parseReference(text);
});

export const builds = ({ body }: Service): boolean => body.entries.has('build');

/** The last part of the image's path: `nginx` of `docker.io/library/nginx:1.29`; empty when it is not known. */
export const imageNameOf = (service: Service): string => imageOf(service)?.name ?? '';

const WORD = /(?:[^\s"'\\]|\\[\s\S]|"(?:[^"\\]|\\[\s\S])*"|'[^']*')+/g;
const PIECE = /\\([\s\S])|"((?:[^"\\]|\\[\s\S])*)"|'([^']*)'/g;

/** As a shell takes quotes and backslashes away; Compose splits words like one, and runs none. */
const unquoted = (_: string, escaped?: string, double?: string, single?: string): string =>
  escaped ?? single ?? (double ?? '').replace(/\\(["\\$`])/g, '$1');

/** Words of a command, in either form; undefined when it is not known. */
export function wordsOf(value: Value | undefined): readonly string[] | undefined {
  if (value?.kind === 'sequence') {
    const items = value.items.filter(item => item.kind === 'scalar');
    return items.every(item => item.isKnown) ? items.map(item => item.text) : undefined;
  }
  if (value?.kind !== 'scalar' || value.type === 'null') return value ? [] : undefined;
  if (!value.isKnown) return undefined;
  return [...value.text.matchAll(WORD)].map(([word]) => word.replace(PIECE, unquoted));
}

/** It does something and ends: a migration, a backup, a test. */
export function isJob(service: Service, project: Project): boolean {
  const restart = knownText(valueAt(service.body, 'restart'));
  if (restart === 'no' || restart === 'false') return true;
  if (restart !== undefined) return false;
  return isAwaitedToEnd(service.name, project);
}

/** Another service waits until it has ended. */
const isAwaitedToEnd = (name: string, { services }: Project): boolean =>
  [...services.values()].some(
    ({ body }) => scalarAt(body, 'depends_on', name, 'condition')?.text === 'service_completed_successfully',
  );

export const profilesOf = perService(({ body }): readonly string[] =>
  itemsOf(valueAt(body, 'profiles')).flatMap(item => (item.kind === 'scalar' ? [item.text] : [])),
);

/** Whether two services are ever started together. */
export function canRunTogether(one: Service, other: Service): boolean {
  const [a, b] = [profilesOf(one), profilesOf(other)];
  return a.length === 0 || b.length === 0 || a.some(profile => b.includes(profile));
}

/** Names of capabilities, upper case and without `CAP_`, with where each is written. */
export const capabilitiesIn = (service: Service, key: 'cap_add' | 'cap_drop'): readonly Capability[] =>
  itemsOf(valueAt(service.body, key)).flatMap(item =>
    item.kind === 'scalar' && item.isKnown ? [{ name: item.text.toUpperCase().replace(/^CAP_/, ''), item }] : [],
  );

export interface Capability {
  readonly name: string;
  readonly item: Scalar;
}

export const dropsAll = (service: Service): boolean =>
  capabilitiesIn(service, 'cap_drop').some(({ name }) => name === 'ALL');

/** An entry of `security_opt`: `key:value` or `key=value`, or a key alone. */
export interface SecurityOption {
  readonly key: string;
  readonly value: string;
  readonly item: Scalar;
}

export const securityOptionsOf = perService(({ body }): readonly SecurityOption[] =>
  itemsOf(valueAt(body, 'security_opt')).flatMap(item => {
    if (item.kind !== 'scalar' || !item.isKnown) return [];
    const [, key = '', value = ''] = /^([^:=]+)[:=]?(.*)$/.exec(item.text) ?? [];
    return [{ key, value, item }];
  }),
);

/** What is missing is only said of a service that is known as a whole, and that runs containers of Linux. */
export const canLack = (service: Service, project: Project): boolean =>
  service.isWhole &&
  !service.isBase &&
  !service.isIncluded &&
  service.own !== undefined &&
  !project.isFragment &&
  !/windows/i.test(knownText(valueAt(service.body, 'platform')) ?? '') &&
  !service.body.entries.has('provider');
