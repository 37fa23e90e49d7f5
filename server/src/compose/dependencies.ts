import { perService } from './per-service.js';
import { itemsOf, type Place, type Scalar, scalarAt, truth, valueAt } from './value.js';

/** Another service that is started first. */
export interface Dependency extends Place {
  readonly name: string;
  readonly condition: string;
  /** Where the condition is written; undefined where it is not. */
  readonly conditionValue: Scalar | undefined;
  readonly isRequired: boolean;
  readonly form: 'short' | 'long';
}

export const dependenciesOf = perService(({ body }): readonly Dependency[] => {
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
});
