import type { Span } from '../text/span.js';

/** A file that was read. Values know which one they are written in: a project is made of several. */
export interface Source {
  /** Relative to the folder of the file that is looked at; `/` between folders. */
  readonly path: string;
  readonly text: string;
}

/** A place in a file, in UTF-16 offsets of its text. */
export interface Place {
  readonly source: Source;
  readonly span: Span;
}

/** How YAML wrote something: `[a, b]` and `{a: b}` are flow style. */
export type Style = 'block' | 'flow';

export type Value = Scalar | Mapping | Sequence;

interface Written extends Place {
  /** `!reset` and `!override` say how a file that is merged over another one wants to be taken. */
  readonly tag: string | undefined;
  /** It is elsewhere, with `&name`; `span` is where it is. */
  readonly isAlias: boolean;
}

export interface Scalar extends Written {
  readonly kind: 'scalar';
  /** Variables filled in; what is not set is empty. */
  readonly text: string;
  /** False when a variable that nobody sets decides what it is. */
  readonly isKnown: boolean;
  /** The text with its variables as written, without quotes. */
  readonly raw: string;
  readonly type: 'text' | 'number' | 'boolean' | 'null';
  readonly quote: 'plain' | 'single' | 'double' | 'block';
}

export interface Mapping extends Written {
  readonly kind: 'mapping';
  readonly style: Style;
  readonly entries: ReadonlyMap<string, Entry>;
}

export interface Entry extends Place {
  readonly key: string;
  readonly keySpan: Span;
  /** From the key to the end of the value, without the line ending. */
  readonly span: Span;
  readonly value: Value;
  /** It came by `<<`. */
  readonly isMerged: boolean;
}

export interface Sequence extends Written {
  readonly kind: 'sequence';
  readonly style: Style;
  readonly items: readonly Value[];
}

export const entryOf = (value: Value | undefined, key: string): Entry | undefined =>
  value?.kind === 'mapping' ? value.entries.get(key) : undefined;

/** The value below a path of keys. */
export function valueAt(value: Value | undefined, ...path: readonly string[]): Value | undefined {
  return path.reduce<Value | undefined>((at, key) => entryOf(at, key)?.value, value);
}

export const scalarAt = (value: Value | undefined, ...path: readonly string[]): Scalar | undefined => {
  const found = valueAt(value, ...path);
  return found?.kind === 'scalar' ? found : undefined;
};

export const itemsOf = (value: Value | undefined): readonly Value[] => (value?.kind === 'sequence' ? value.items : []);

export const entriesOf = (value: Value | undefined): readonly Entry[] =>
  value?.kind === 'mapping' ? [...value.entries.values()] : [];

/** The text of a scalar where it is known, not empty and not null. */
export function knownText(value: Value | undefined): string | undefined {
  if (value?.kind !== 'scalar' || !value.isKnown || value.type === 'null') return undefined;
  return value.text === '' ? undefined : value.text;
}

/** Compose takes what YAML 1.1 took for true, in quotes too, where it wants a yes or no. Undefined when it is not known. */
export function truth(value: Value | undefined): boolean | undefined {
  const text = knownText(value)?.toLowerCase();
  if (text === undefined) return undefined;
  if (/^(?:true|yes|on|y|t|1)$/.test(text)) return true;
  return /^(?:false|no|off|n|f|0)$/.test(text) ? false : undefined;
}

/** One `NAME=value` of a list, or one `NAME: value` of a mapping. */
export interface Pair extends Place {
  readonly name: string;
  /** Undefined when it is taken from outside. */
  readonly value: Scalar | undefined;
  /** The value as it is, with variables filled in. */
  readonly text: string | undefined;
  readonly isKnown: boolean;
  /** Where the value is written; the whole item where there is none. */
  readonly valueSpan: Span;
  /** The item of a list, or the key. */
  readonly nameSpan: Span;
  readonly form: 'list' | 'mapping';
}

/** What `environment`, `labels`, `args` and others hold, in either form. */
export function pairsOf(value: Value | undefined): readonly Pair[] {
  if (value?.kind === 'mapping') return entriesOf(value).map(pairOfEntry);
  return itemsOf(value).flatMap(item => (item.kind === 'scalar' ? pairOfItem(item) : []));
}

function pairOfEntry({ key, keySpan, value, source, span }: Entry): Pair {
  const scalar = value.kind === 'scalar' ? value : undefined;
  const isSet = scalar !== undefined && scalar.type !== 'null';
  return {
    name: key,
    value: isSet ? scalar : undefined,
    text: isSet ? scalar.text : undefined,
    isKnown: scalar?.isKnown ?? false,
    valueSpan: value.span,
    nameSpan: keySpan,
    source,
    span,
    form: 'mapping',
  };
}

function pairOfItem(item: Scalar): Pair {
  const { source, span, text, raw, isKnown } = item;
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  // What comes before the sign is as it is in the file: it has no variables and needs no quotes.
  const written = source.text.slice(span.start, span.end);
  const at = written.indexOf('=');
  const isSame = equals >= 0 && raw.startsWith(`${name}=`) && at >= 0;
  const open = /^["']/.test(written) ? 1 : 0;
  const start = span.start + open;
  return {
    name,
    value: equals < 0 ? undefined : item,
    text: equals < 0 ? undefined : text.slice(equals + 1),
    isKnown,
    valueSpan: isSame ? { start: span.start + at + 1, end: span.end - open } : span,
    nameSpan: isSame ? { start, end: span.start + at } : span,
    source,
    span,
    form: 'list',
  };
}

/** All scalars in a value. */
export function scalarsIn(value: Value | undefined): readonly Scalar[] {
  if (!value) return [];
  if (value.kind === 'scalar') return [value];
  if (value.kind === 'sequence') return value.items.flatMap(scalarsIn);
  return [...value.entries.values()].flatMap(entry => scalarsIn(entry.value));
}
