import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  parseAllDocuments,
  type YAMLMap,
  type YAMLSeq,
  type Scalar as YamlScalar,
} from 'yaml';
import type { Span } from '../text/span.js';
import { interpolate, type Variables } from './interpolate.js';
import type { Entry, Mapping, Scalar, Sequence, Source, Style, Value } from './value.js';

/** Why a part of a file cannot be read. */
export interface YamlProblem {
  readonly code: string;
  readonly message: string;
  readonly span: Span;
}

export interface YamlFile {
  readonly source: Source;
  /** Undefined for an empty file. */
  readonly root: Value | undefined;
  readonly problems: readonly YamlProblem[];
}

/** Compose's own tags; without this, each of them would be a warning. */
const TAGS = ['!reset', '!override'].flatMap(tag => [
  { tag, resolve: (text: string): string => text },
  { tag, collection: 'map' as const },
  { tag, collection: 'seq' as const },
]);

/** Aliases of aliases can stand for more values than fit into memory. */
const MAX_VALUES = 100_000;
/** Deeper than any Compose file. */
const MAX_DEPTH = 40;

/** Reads a file: what cannot be read hides nothing of what can. */
export function readYaml(source: Source, variables: Variables): YamlFile {
  const documents = documentsOf(source.text);
  const [document] = documents;
  if (!document) return { source, root: undefined, problems: [] };
  const problems = document.errors.map(({ code, message, pos }) => ({
    code,
    message: message.split('\n')[0] ?? message,
    span: within(source.text, pos[0], pos[1]),
  }));
  return { source, root: reader(source, variables)(document.contents), problems };
}

export function documentsOf(text: string): readonly Document.Parsed[] {
  const parsed = parseAllDocuments(text, {
    prettyErrors: false,
    logLevel: 'silent',
    customTags: TAGS,
    // Keys that are lists are no keys of Compose's, and would be an error of their own.
    strict: true,
  });
  return 'empty' in parsed ? [] : parsed;
}

function within(text: string, start: number, end: number): Span {
  const from = Math.min(start, text.length);
  return { start: from, end: Math.min(Math.max(end, from), text.length) };
}

const MERGE = '<<';

/** Makes values of a document's nodes, aliases and merge keys resolved. */
function reader(source: Source, variables: Variables): (node: unknown) => Value | undefined {
  const { text } = source;
  const anchors = new Map<string, { readonly value: Value; readonly size: number }>();
  let budget = MAX_VALUES;

  function read(node: unknown, depth: number): Value | undefined {
    if (--budget < 0 || depth > MAX_DEPTH) return undefined;
    if (isAlias(node)) {
      const known = anchors.get(node.source);
      // It counts with all that is in it, as whoever walks over the values meets it again here.
      budget -= known?.size ?? 0;
      return known && budget >= 0 ? { ...known.value, isAlias: true } : undefined;
    }
    const before = budget;
    const value = isMap(node)
      ? mapping(node, depth)
      : isSeq(node)
        ? sequence(node, depth)
        : isScalar(node)
          ? scalar(node)
          : undefined;
    const anchor = isScalar(node) || isCollection(node) ? node.anchor : undefined;
    if (value && anchor !== undefined) anchors.set(anchor, { value, size: before - budget });
    return value;
  }

  const placed = (node: unknown, tag: string | undefined): Pick<Scalar, 'source' | 'span' | 'tag' | 'isAlias'> => ({
    source,
    span: spanOf(node, text),
    tag: tag === '!reset' || tag === '!override' ? tag : undefined,
    isAlias: false,
  });

  function scalar(node: YamlScalar): Scalar {
    const raw = node.source ?? (node.value === null ? '' : String(node.value));
    const { text: filled, isKnown } = interpolate(raw, variables);
    const { type, value } = node;
    const quote =
      type === 'QUOTE_DOUBLE'
        ? 'double'
        : type === 'QUOTE_SINGLE'
          ? 'single'
          : type === 'PLAIN' || type === undefined || type === null
            ? 'plain'
            : 'block';
    return {
      kind: 'scalar',
      text: filled,
      isKnown,
      raw,
      type:
        value === null
          ? 'null'
          : typeof value === 'number' || typeof value === 'bigint'
            ? 'number'
            : typeof value === 'boolean'
              ? 'boolean'
              : 'text',
      quote,
      ...placed(node, node.tag),
    };
  }

  function sequence(node: YAMLSeq, depth: number): Sequence {
    const items = node.items.map(item => read(item, depth + 1)).filter(item => item !== undefined);
    return { kind: 'sequence', style: styleOf(node), items, ...placed(node, node.tag) };
  }

  function mapping(node: YAMLMap, depth: number): Mapping {
    const entries = new Map<string, Entry>();
    const merged: Entry[] = [];
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? (key.source ?? String(key.value)) : undefined;
      if (name === undefined) continue;
      const keySpan = spanOf(key, text);
      // A key without anything after it.
      const found = read(value, depth + 1) ?? nothing(keySpan.end);
      if (name === MERGE) {
        merged.push(...entriesToMerge(found));
        continue;
      }
      const end = isAlias(value) ? spanOf(value, text).end : Math.max(found.span.end, keySpan.end);
      entries.set(name, {
        key: name,
        keySpan,
        value: found,
        source,
        span: { start: keySpan.start, end },
        isMerged: false,
      });
    }
    for (const entry of merged) if (!entries.has(entry.key)) entries.set(entry.key, entry);
    return { kind: 'mapping', style: styleOf(node), entries, ...placed(node, node.tag) };
  }

  const nothing = (at: number): Scalar => ({
    kind: 'scalar',
    text: '',
    isKnown: true,
    raw: '',
    type: 'null',
    quote: 'plain',
    source,
    span: { start: at, end: at },
    tag: undefined,
    isAlias: false,
  });

  return node => read(node, 0);
}

/** What `<<: *a` or `<<: [*a, *b]` brings; of several the first wins. */
function entriesToMerge(value: Value): readonly Entry[] {
  if (value.kind === 'sequence') return value.items.flatMap(entriesToMerge);
  if (value.kind !== 'mapping') return [];
  return [...value.entries.values()].map(entry => ({ ...entry, isMerged: true }));
}

const styleOf = ({ flow }: YAMLMap | YAMLSeq): Style => (flow === true ? 'flow' : 'block');

/** Without the line ending and the comment that `yaml` counts to a block. */
function spanOf(node: unknown, text: string): Span {
  const range = isNode(node) ? node.range : undefined;
  if (!range) return { start: 0, end: 0 };
  const [start] = range;
  let end = Math.min(range[1], text.length);
  if (isCollection(node) && node.flow !== true) end = endOfBlock(node, text) ?? end;
  while (end > start && /\s/.test(text[end - 1] ?? '')) end--;
  return { start, end };
}

/** Where the last value of a block ends: what follows it there is blank lines and comments. */
function endOfBlock({ items }: YAMLMap | YAMLSeq, text: string): number | undefined {
  const last: unknown = items.at(-1);
  const found = spanOf(isPair(last) ? (last.value ?? last.key) : last, text);
  return found.end > 0 ? found.end : undefined;
}
