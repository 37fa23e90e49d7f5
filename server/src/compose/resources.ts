import { mountsOf } from './mounts.js';
import type { ResourceKind, Service } from './project.js';
import { itemsOf, type Place, scalarAt, valueAt } from './value.js';

/** A network, volume, secret or config that a service names. */
export interface ResourceUse {
  readonly kind: ResourceKind;
  readonly name: string;
  readonly at: Place;
}

export function resourcesOf(service: Service): readonly ResourceUse[] {
  const { body } = service;
  const networks = valueAt(body, 'networks');
  const named: ResourceUse[] =
    networks?.kind === 'mapping'
      ? [...networks.entries.values()].map(({ key, keySpan, source }) => ({
          kind: 'networks',
          name: key,
          at: { source, span: keySpan },
        }))
      : itemsOf(networks).flatMap((at): ResourceUse[] =>
          at.kind === 'scalar' && at.isKnown ? [{ kind: 'networks', name: at.text, at }] : [],
        );
  const volumes = mountsOf(service).flatMap((mount): ResourceUse[] =>
    mount.type === 'volume' && mount.from !== '' && mount.isKnown
      ? [{ kind: 'volumes', name: mount.from, at: mount }]
      : [],
  );
  const files = (['secrets', 'configs'] as const).flatMap(kind =>
    itemsOf(valueAt(body, kind)).flatMap((at): ResourceUse[] => {
      const name = at.kind === 'scalar' ? at : scalarAt(at, 'source');
      return name?.isKnown ? [{ kind, name: name.text, at: name }] : [];
    }),
  );
  return [...named.filter(({ name }) => name !== 'default'), ...volumes, ...files];
}
