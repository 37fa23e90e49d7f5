import { type ImageReference, parseReference } from '../dockerfile/index.js';
import { perService } from './per-service.js';
import type { Project, Service } from './project.js';
import { itemsOf, knownText, type Scalar, truth, valueAt } from './value.js';

export const isPrivileged = (service: Service): boolean => truth(valueAt(service.body, 'privileged')) === true;

/** The image that a service starts; undefined when it is not known. */
export const imageOf = perService(({ body }): ImageReference | undefined => {
  const text = knownText(valueAt(body, 'image'));
  return text === undefined ? undefined : parseReference(text);
});

/** The last part of the image's path: `nginx` of `docker.io/library/nginx:1.29`; empty when it is not known. */
export const imageNameOf = (service: Service): string => imageOf(service)?.name ?? '';

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
