import type { Entry, Mapping, Scalar, Sequence, Value } from '../value.js';
import { COMPOSE_SCHEMA, resolved, type Schema } from './schema.js';

/** Why Compose refuses a part of a file. */
export type Violation =
  /** A key that there is not; `known` are those that there are. */
  | { readonly kind: 'key'; readonly entry: Entry; readonly path: Path; readonly known: readonly string[] }
  /** Something else than what has to be there. */
  | { readonly kind: 'type'; readonly value: Value; readonly path: Path; readonly wanted: readonly string[] }
  | { readonly kind: 'twice'; readonly value: Scalar; readonly path: Path };

type Path = readonly string[];

/** What the schema of Compose files says against a file, each part by itself. */
export const violationsOf = (root: Value): readonly Violation[] => violations(root, COMPOSE_SCHEMA, []);

const NONE: readonly Violation[] = [];

function violations(value: Value, given: Schema, path: Path): readonly Violation[] {
  // What is reset may be anything; and what a variable becomes is not known.
  if (value.tag === '!reset' || (value.kind === 'scalar' && value.raw.includes('$'))) return NONE;
  const schema = resolved(given);
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return ofChoices(value, choices, path);
  const types = typesOf(schema);
  if (types.length > 0 && !types.some(type => isOf(value, type))) return [wrong(value, path, types)];
  if (value.kind === 'mapping') return ofMapping(value, schema, path);
  if (value.kind === 'sequence') return ofSequence(value, schema, path);
  const isAllowed =
    (!schema.enum || schema.enum.includes(value.text)) &&
    (schema.pattern === undefined || new RegExp(schema.pattern).test(value.text)) &&
    isWithin(value, schema);
  return isAllowed ? NONE : [wrong(value, path, schema.enum?.map(String) ?? types)];
}

const wrong = (value: Value, path: Path, wanted: readonly string[]): Violation => ({
  kind: 'type',
  value,
  path,
  wanted,
});

const typesOf = ({ type }: Schema): readonly string[] =>
  type === undefined ? [] : typeof type === 'string' ? [type] : type;

function isOf(value: Value, type: string): boolean {
  if (value.kind === 'mapping') return type === 'object';
  if (value.kind === 'sequence') return type === 'array';
  switch (value.type) {
    case 'null':
      return type === 'null';
    case 'number':
      return type === 'number' || (type === 'integer' && Number.isInteger(Number(value.text)));
    case 'boolean':
      return type === 'boolean';
    default:
      // Compose reads `yes` and `on` as YAML 1.1 did.
      return (
        type === 'string' ||
        (type === 'boolean' && value.quote === 'plain' && /^(?:yes|no|on|off|y|n)$/i.test(value.text))
      );
  }
}

function isWithin(value: Scalar, { minimum, maximum }: Schema): boolean {
  if (value.type !== 'number') return true;
  const number = Number(value.text);
  return (minimum === undefined || number >= minimum) && (maximum === undefined || number <= maximum);
}

/** One of several has to hold; where none does, what is wrong with the one that is of this kind is said. */
function ofChoices(value: Value, choices: readonly Schema[], path: Path): readonly Violation[] {
  const wanted: string[] = [];
  let nearest: readonly Violation[] | undefined;
  for (const choice of choices) {
    const found = violations(value, choice, path);
    if (found.length === 0) return NONE;
    const isOfKind = !found.some(one => one.kind === 'type' && one.value === value);
    if (isOfKind) nearest ??= found;
    wanted.push(...found.flatMap(one => (one.kind === 'type' && one.value === value ? one.wanted : [])));
  }
  return nearest ?? [wrong(value, path, [...new Set(wanted)])];
}

function ofMapping({ entries }: Mapping, schema: Schema, path: Path): readonly Violation[] {
  const { properties = {}, patternProperties = {}, additionalProperties } = schema;
  const patterns = Object.entries(patternProperties).map(([pattern, inner]) => [new RegExp(pattern), inner] as const);
  const found: Violation[] = [];
  for (const [key, entry] of entries) {
    const below = [...path, key];
    const own = Object.hasOwn(properties, key) ? properties[key] : undefined;
    const matching = own ?? patterns.find(([pattern]) => pattern.test(key))?.[1];
    if (matching) found.push(...violations(entry.value, matching, below));
    else if (additionalProperties === false)
      found.push({ kind: 'key', entry, path: below, known: Object.keys(properties) });
    else if (typeof additionalProperties === 'object')
      found.push(...violations(entry.value, additionalProperties, below));
  }
  return found;
}

function ofSequence({ items }: Sequence, { items: inner, uniqueItems }: Schema, path: Path): readonly Violation[] {
  const found = inner ? items.flatMap((item, index) => violations(item, inner, [...path, String(index)])) : [];
  if (!uniqueItems) return found;
  const seen = new Set<string>();
  for (const item of items) {
    if (item.kind !== 'scalar' || !item.isKnown) continue;
    const key = `${item.type} ${item.text}`;
    if (seen.has(key)) return [...found, { kind: 'twice', value: item, path }];
    seen.add(key);
  }
  return found;
}
