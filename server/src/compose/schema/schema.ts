import { isRecord } from '../../../../shared/src/record.js';
import compose from './compose-spec.json' with { type: 'json' };

/** The part of JSON Schema that the schema of Compose files uses. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  /** The same where some of the properties are those of the parts. */
  readonly unevaluatedProperties?: boolean;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly uniqueItems?: boolean;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly $ref?: string;
}

const DEFINITIONS: Readonly<Record<string, unknown>> = compose.$defs;

export const COMPOSE_SCHEMA: Schema = compose;

const known = new WeakMap<Schema, Schema>();

/** A schema with its reference followed and its parts put together. */
export function resolved(schema: Schema): Schema {
  let found = known.get(schema);
  if (!found) {
    found = whole(referred(schema));
    known.set(schema, found);
  }
  return found;
}

function whole(schema: Schema): Schema {
  if (!schema.allOf) return schema;
  const parts = [...schema.allOf.map(resolved), schema];
  return {
    type: 'object',
    properties: Object.assign({}, ...parts.map(part => part.properties)),
    patternProperties: Object.assign({}, ...parts.map(part => part.patternProperties)),
    additionalProperties: schema.unevaluatedProperties ?? true,
  };
}

function referred(schema: Schema): Schema {
  const name = schema.$ref?.replace(/^#\/\$defs\//, '');
  if (name === undefined) return schema;
  const found = DEFINITIONS[name];
  return isRecord(found) ? referred(found) : {};
}
