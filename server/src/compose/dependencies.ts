import { perService } from './per-service.js';
import { itemsOf, type Mapping, type Place, type Scalar, scalarAt, truth, valueAt } from './value.js';

/** Another service that is started first. */
export interface Dependency extends Place {
  readonly name: string;
  readonly condition: string;
  /** Where the condition is written; undefined where it is not. */
  readonly conditionValue: Scalar | undefined;
  readonly isRequired: boolean;
  /** `implied`: by `links` and the like, which make the other one start first, too. */
  readonly form: 'short' | 'long' | 'implied';
}

export const dependenciesOf = perService(({ body }): readonly Dependency[] => {
  const written = writtenIn(body);
  return [...written, ...impliedIn(body).filter(({ name }) => !written.some(one => one.name === name))];
});

function writtenIn(body: Mapping): readonly Dependency[] {
  const value = valueAt(body, 'depends_on');
  if (value?.kind === 'mapping')
    return [...value.entries.values()].map(({ key, keySpan, source, value: how }) => {
      const conditionValue = scalarAt(how, 'condition');
      return {
        name: key,
        source,
        span: keySpan,
        condition: conditionValue?.text ?? 'service_started',
        conditionValue,
        isRequired: truth(valueAt(how, 'required')) !== false,
        form: how.kind === 'scalar' ? 'short' : 'long',
      };
    });
  return itemsOf(value).flatMap(item =>
    item.kind === 'scalar'
      ? {
          name: item.text,
          source: item.source,
          span: item.span,
          condition: 'service_started',
          conditionValue: undefined,
          isRequired: true,
          form: 'short' as const,
        }
      : [],
  );
}

const SHARES = ['network_mode', 'ipc', 'pid'] as const;

/** `links`, `volumes_from`, and what is shared with another service (compose-go, loader/normalize.go). */
function impliedIn(body: Mapping): readonly Dependency[] {
  const lists = ['links', 'volumes_from'].flatMap(key => itemsOf(valueAt(body, key)));
  const named = lists.flatMap(item => (item.kind === 'scalar' && !item.text.startsWith('container:') ? [item] : []));
  const shared = SHARES.flatMap(key => {
    const value = scalarAt(body, key);
    return value?.text.startsWith('service:') ? [value] : [];
  });
  const names = [
    ...named.map(item => [item.text.split(':')[0] ?? '', item] as const),
    ...shared.map(item => [item.text.slice('service:'.length), item] as const),
  ];
  return names.map(([name, { source, span }]) => ({
    name,
    source,
    span,
    condition: 'service_started',
    conditionValue: undefined,
    isRequired: true,
    form: 'implied',
  }));
}
