import {
  type Entry,
  entryOf,
  itemsOf,
  type Mapping,
  pairsOf,
  type Scalar,
  type Sequence,
  type Value,
} from './value.js';

/**
 * How Compose lays one file over another, and a service over the one that it extends (compose-go, override/merge.go):
 * mappings become one, lists are joined, all else is replaced. `path` is that of the value.
 */
export function merged(before: Value, after: Value, path: readonly string[]): Value {
  if (after.tag === '!override') return after;
  const key = path.at(-1) ?? '';
  const isService = path[0] === 'services';
  if (isService && path.length === 3) {
    if (REPLACED.has(key)) return after;
    if (key === 'build') return mergedMappings(asBuild(before), asBuild(after), path);
    if (key === 'depends_on' || key === 'networks') return mergedMappings(byName(before), byName(after), path);
    if (key === 'logging' && !isSameDriver(before, after)) return after;
    if (LISTS.has(key)) return joined(before, after, undefined);
    if (key === 'volumes' || key === 'secrets' || key === 'configs') return joined(before, after, targetOf);
  }
  if (isService && path.length === 4 && path[2] === 'healthcheck' && key === 'test') return after;
  if (PAIRS.has(key)) return mergedPairs(before, after);
  if (before.kind === 'mapping' && after.kind === 'mapping') return mergedMappings(before, after, path);
  if (before.kind === 'sequence' && after.kind === 'sequence') return joined(before, after, undefined);
  return after;
}

const REPLACED = new Set(['command', 'entrypoint']);
const LISTS = new Set(['dns', 'dns_search', 'dns_opt', 'env_file', 'tmpfs', 'ports', 'expose']);
const PAIRS = new Set([
  'environment',
  'labels',
  'annotations',
  'args',
  'sysctls',
  'extra_hosts',
  'additional_contexts',
]);

/** One mapping over another; what is reset is gone. A service, a network and the like are where the first file names them. */
export function mergedMappings(before: Value, after: Value, path: readonly string[]): Value {
  if (before.kind !== 'mapping' || after.kind !== 'mapping') return isEmpty(after) ? before : after;
  const entries = new Map(before.entries);
  for (const [key, entry] of after.entries) {
    const old = entries.get(key);
    if (entry.value.tag === '!reset') entries.delete(key);
    else if (!old || isEmpty(old.value)) entries.set(key, entry);
    else if (!isEmpty(entry.value) || path.length < 2)
      entries.set(key, { ...(path.length < 2 ? old : entry), value: merged(old.value, entry.value, [...path, key]) });
  }
  return { ...after, entries };
}

/** A key without a value says nothing. */
const isEmpty = (value: Value): boolean => value.kind === 'scalar' && value.type === 'null';

/** Without what was reset where nothing came before it. */
export function withoutReset(value: Mapping): Mapping {
  const kept = [...value.entries].filter(([, entry]) => entry.value.tag !== '!reset');
  if (kept.length === value.entries.size && !kept.some(([, { value: inner }]) => inner.kind === 'mapping'))
    return value;
  const entries = kept.map(([key, entry]): [string, Entry] => [
    key,
    entry.value.kind === 'mapping' ? { ...entry, value: withoutReset(entry.value) } : entry,
  ]);
  return { ...value, entries: new Map(entries) };
}

/** Two lists one after the other; of items with the same key, or the same text, the later one counts. */
function joined(before: Value, after: Value, keyOf: ((item: Value) => string | undefined) | undefined): Value {
  const items = new Map<unknown, Value>();
  for (const item of [...asItems(before), ...asItems(after)]) {
    const key = keyOf?.(item) ?? (item.kind === 'scalar' ? `=${item.text}` : item);
    items.set(key, item);
  }
  const sequence: Sequence = {
    kind: 'sequence',
    style: after.kind === 'sequence' ? after.style : 'block',
    items: [...items.values()],
    source: after.source,
    span: after.span,
    tag: undefined,
    isAlias: after.isAlias,
  };
  return sequence;
}

const asItems = (value: Value): readonly Value[] =>
  value.kind === 'sequence' ? value.items : isEmpty(value) ? [] : [value];

/** The path in the container that an item mounts something at. */
function targetOf(item: Value): string | undefined {
  if (item.kind === 'mapping') {
    const target = entryOf(item, 'target')?.value ?? entryOf(item, 'source')?.value;
    return target?.kind === 'scalar' ? target.text : undefined;
  }
  if (item.kind !== 'scalar') return undefined;
  const parts = item.text.split(':');
  return (parts.length > 1 ? parts[1] : parts[0])?.replace(/(.)\/$/, '$1');
}

function mergedPairs(before: Value, after: Value): Value {
  const old = asPairs(before);
  const mapping = asPairs(after);
  return { ...mapping, entries: new Map([...old.entries, ...mapping.entries]) };
}

/** A list of `NAME=value` as the mapping that it stands for. */
function asPairs(value: Value): Mapping {
  if (value.kind === 'mapping') return value;
  const entries = pairsOf(value).map((pair): [string, Entry] => {
    const scalar: Scalar = {
      kind: 'scalar',
      text: pair.text ?? '',
      raw: pair.value?.raw.slice(pair.name.length + 1) ?? '',
      isKnown: pair.isKnown,
      type: pair.text === undefined ? 'null' : 'text',
      quote: pair.value?.quote ?? 'plain',
      source: pair.source,
      span: pair.valueSpan,
      tag: undefined,
      isAlias: false,
    };
    const { name: key, nameSpan: keySpan, source, span } = pair;
    return [key, { key, keySpan, value: scalar, source, span, isMerged: false }];
  });
  return mappingOf(value, entries);
}

const mappingOf = (value: Value, entries: Iterable<readonly [string, Entry]>): Mapping => ({
  kind: 'mapping',
  style: 'block',
  entries: new Map(entries),
  source: value.source,
  span: value.span,
  tag: undefined,
  isAlias: value.isAlias,
});

/** A list of names as the mapping that it stands for. */
function byName(value: Value): Value {
  if (value.kind !== 'sequence') return value;
  const entries = itemsOf(value).flatMap((item): [string, Entry][] => {
    if (item.kind !== 'scalar') return [];
    const { source, span, text: key } = item;
    const nothing: Scalar = { ...item, text: '', raw: '', type: 'null', span: { start: span.end, end: span.end } };
    return [[key, { key, keySpan: span, value: nothing, source, span, isMerged: false }]];
  });
  return mappingOf(value, entries);
}

/** `build: DIR` as the mapping that it stands for. */
function asBuild(value: Value): Value {
  if (value.kind !== 'scalar' || isEmpty(value)) return value;
  const { source, span } = value;
  return mappingOf(value, [['context', { key: 'context', keySpan: span, value, source, span, isMerged: false }]]);
}

function isSameDriver(before: Value, after: Value): boolean {
  const driver = (value: Value): string | undefined => {
    const found = entryOf(value, 'driver')?.value;
    return found?.kind === 'scalar' ? found.text : undefined;
  };
  const [old, now] = [driver(before), driver(after)];
  return now === undefined || old === undefined || old === now;
}
