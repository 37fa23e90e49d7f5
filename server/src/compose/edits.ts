import type { FixEdit, FixEffect, FixSafety, RuleFix } from '../rules/rule.js';
import type { Project, Service } from './project.js';
import { type Entry, entryOf, type Mapping, type Scalar, type Sequence, type Source, type Value } from './value.js';
import { inBlock, inFlow, type Yaml } from './write-yaml.js';

/** A change of the file that is looked at, without a title; undefined where it cannot be made in the text. */
export type Change = { readonly edits: readonly FixEdit[]; readonly effect: FixEffect } | undefined;

/** A change as a fix; undefined where there is none. */
export const fixOf = (title: string, safety: FixSafety, change: Change): RuleFix | undefined =>
  change && { title, safety, ...change };

/** Several changes as one; undefined when one of them cannot be made. */
export function together(...changes: readonly Change[]): Change {
  const all = changes.filter(change => change !== undefined);
  if (all.length < changes.length) return undefined;
  return {
    edits: all.flatMap(({ edits }) => edits),
    effect: {
      paths: all.flatMap(({ effect }) => effect.paths ?? []),
      ...(all.some(({ effect }) => effect.comments === 'remove') ? { comments: 'remove' as const } : {}),
    },
  };
}

const LINE_END = /\r?\n|$/g;

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

/** Where the line ends that holds an offset, before what ends it. */
function lineEnd(text: string, at: number): number {
  LINE_END.lastIndex = at;
  return LINE_END.exec(text)?.index ?? text.length;
}

const columnOf = ({ text }: Source, at: number): number => at - lineStart(text, at);

/** The entries below a path of keys in the file that is looked at; undefined where one is missing, merged in or an alias. */
export function ownPath(project: Project, ...path: readonly string[]): readonly Entry[] | undefined {
  const found: Entry[] = [];
  let at: Value | undefined = project.own.root;
  for (const key of path) {
    const entry = entryOf(at, key);
    if (!entry || entry.isMerged || entry.value.isAlias) return undefined;
    found.push(entry);
    at = entry.value;
  }
  return found;
}

/** Keys after which new ones of a service look right. */
const AFTER = ['restart', 'command', 'entrypoint', 'container_name', 'build', 'image'];

/** Adds keys to a service, which must not have them. */
export function addToService(project: Project, service: Service, keys: Readonly<Record<string, Yaml>>): Change {
  return addKeys(project, ['services', service.name], keys, AFTER);
}

/** Adds keys to the mapping at a path, after the first of the keys that it has, else at its end. */
export function addKeys(
  project: Project,
  path: readonly string[],
  keys: Readonly<Record<string, Yaml>>,
  after: readonly string[] = [],
): Change {
  const parent = ownPath(project, ...path)?.at(-1);
  if (parent?.value.kind !== 'mapping') return undefined;
  const own = [...parent.value.entries.values()].filter(entry => !entry.isMerged);
  if (own.some(({ key }) => Object.hasOwn(keys, key))) return undefined;
  const effect = { paths: Object.keys(keys).map(key => [...path, key]) };
  const { text } = project.own.source;
  const last = own.at(-1);
  if (parent.value.style === 'flow') {
    const at = last ? last.span.end : parent.value.span.start + 1;
    const added = Object.entries(keys).map(([key, value]) => `${key}: ${inFlow(value)}`);
    return { edits: [{ span: { start: at, end: at }, text: (last ? ', ' : '') + added.join(', ') }], effect };
  }
  const place = after.map(key => own.find(entry => entry.key === key)).find(entry => entry !== undefined) ?? last;
  if (!place) return undefined;
  const indent = ' '.repeat(columnOf(project.own.source, place.keySpan.start));
  // A key after `- ` or `? ` has something else before it in its line.
  if (text.slice(lineStart(text, place.keySpan.start), place.keySpan.start) !== indent) return undefined;
  const at = lineEnd(text, place.span.end);
  const lines = inBlock(keys, indent, layoutOf(project.own.source));
  return { edits: [{ span: { start: at, end: at }, text: `\n${lines.join('\n')}` }], effect };
}

/** How a file indents its lists and mappings. */
function layoutOf({ text }: Source): { readonly list: string; readonly mapping: string } {
  const list = /^( *)[\w-]+:[ \t]*(?:#[^\n]*)?\r?\n( *)- /m.exec(text);
  const mapping = /^services:[ \t]*(?:#[^\n]*)?\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*( +)[\w.-]+:/m.exec(text);
  const step = (mapping?.[1] ?? '  ').slice(0, 4);
  const listIndent = list ? Math.max(0, (list[2] ?? '').length - (list[1] ?? '').length) : step.length;
  return { list: ' '.repeat(Math.min(listIndent, 4)), mapping: step };
}

/** Deletes the entry at a path, and those around it that would be empty. */
export function removeKey(project: Project, ...path: readonly string[]): Change {
  const entries = ownPath(project, ...path);
  if (!entries) return undefined;
  let depth = entries.length - 1;
  while (depth > 2 && siblings(entries[depth - 1]) === 1) depth--;
  const entry = entries[depth];
  const parent = entries[depth - 1]?.value ?? project.own.root;
  if (!entry || parent?.kind !== 'mapping') return undefined;
  const effect = { paths: [path.slice(0, depth + 1)] };
  if (parent.style === 'flow') return { edits: [inFlowWithout(parent, entry)], effect };
  return wholeLines(project.own.source, entry.span.start, entry.span.end, effect);
}

const siblings = (entry: Entry | undefined): number => (entry?.value.kind === 'mapping' ? entry.value.entries.size : 0);

/** Writes another key with another value in place of an entry of a service. */
export function replaceEntry(project: Project, entry: Entry, key: string, yaml: Yaml, service: string): Change {
  const own = ownPath(project, 'services', service, entry.key)?.at(-1);
  if (own?.span.start !== entry.span.start || own.value.kind !== 'scalar') return undefined;
  const paths = [entry.key, key].map(name => ['services', service, name]);
  return { edits: [{ span: own.span, text: `${key}: ${inFlow(yaml)}` }], effect: { paths } };
}

/** Deletes an item of the list at a path, and the list when it is the only one. */
export function removeItem(project: Project, item: Value, ...path: readonly string[]): Change {
  const list = ownPath(project, ...path)?.at(-1)?.value;
  if (list?.kind !== 'sequence' || item.isAlias) return undefined;
  const index = list.items.findIndex(one => one.span.start === item.span.start);
  if (index < 0 || item.source !== project.own.source) return undefined;
  if (list.items.length === 1) return removeKey(project, ...path);
  const effect = { paths: [path] };
  if (list.style === 'flow') return { edits: [itemOfFlow(list, index)], effect };
  const { text } = project.own.source;
  const dash = text.lastIndexOf('-', item.span.start - 1);
  return wholeLines(project.own.source, dash, item.span.end, effect);
}

function wholeLines({ text }: Source, from: number, to: number, effect: FixEffect): Change {
  const start = lineStart(text, from);
  if (text.slice(start, from).trim() !== '') return undefined;
  const end = lineEnd(text, to);
  const newline = /^\r?\n/.exec(text.slice(end))?.[0].length ?? 0;
  const hasComment = /(?:^|\s)#/.test(text.slice(to, end)) || /^\s*#/m.test(text.slice(from, to));
  return {
    edits: [{ span: { start, end: end + newline }, text: '' }],
    effect: hasComment ? { ...effect, comments: 'remove' } : effect,
  };
}

function inFlowWithout({ entries, span }: Mapping, entry: Entry): FixEdit {
  const all = [...entries.values()].filter(one => !one.isMerged);
  const index = all.indexOf(entry);
  return between(all[index - 1]?.span.end, entry.span, all[index + 1]?.span.start, span.start);
}

function itemOfFlow({ items, span }: Sequence, index: number): FixEdit {
  const item = items[index]?.span ?? span;
  return between(items[index - 1]?.span.end, item, items[index + 1]?.span.start, span.start);
}

const between = (before: number | undefined, own: Entry['span'], after: number | undefined, open: number): FixEdit =>
  after !== undefined
    ? { span: { start: own.start, end: after }, text: '' }
    : { span: { start: before ?? open + 1, end: own.end }, text: '' };

/** Writes another text in place of a scalar, in the quotes that it has. */
export function replaceScalar(project: Project, scalar: Scalar, text: string, path: readonly string[]): Change {
  if (scalar.source !== project.own.source || scalar.isAlias || scalar.quote === 'block') return undefined;
  const quoted =
    scalar.quote === 'double'
      ? JSON.stringify(text)
      : scalar.quote === 'single'
        ? `'${text.replaceAll("'", "''")}'`
        : inFlow(text);
  return { edits: [{ span: scalar.span, text: quoted }], effect: { paths: [path] } };
}

/** Writes something else in place of a value. */
export function replaceValue(project: Project, value: Value, yaml: Yaml, path: readonly string[]): Change {
  if (value.source !== project.own.source || value.isAlias) return undefined;
  if (value.kind !== 'scalar' && value.style === 'block') return undefined;
  return { edits: [{ span: value.span, text: inFlow(yaml) }], effect: { paths: [path] } };
}

/** Adds an item before all others of a list in flow style. */
export function insertFirst(project: Project, list: Value, text: string, path: readonly string[]): Change {
  const [first] = list.kind === 'sequence' ? list.items : [];
  if (list.kind !== 'sequence' || !first || list.source !== project.own.source || list.isAlias) return undefined;
  const at = first.span.start;
  const effect = { paths: [path] };
  if (list.style === 'flow') return { edits: [{ span: { start: at, end: at }, text: `${inFlow(text)}, ` }], effect };
  const dash = project.own.source.text.lastIndexOf('-', at - 1);
  const indent = ' '.repeat(columnOf(project.own.source, dash));
  return { edits: [{ span: { start: dash, end: dash }, text: `- ${inFlow(text)}\n${indent}` }], effect };
}

/** Adds an item to the list at a path. */
export function addItem(project: Project, text: string, ...path: readonly string[]): Change {
  const list = ownPath(project, ...path)?.at(-1)?.value;
  if (list?.kind !== 'sequence' || list.source !== project.own.source) return undefined;
  const last = list.items.at(-1);
  const effect = { paths: [path] };
  if (!last) {
    if (list.style !== 'flow') return undefined;
    const at = list.span.start + 1;
    return { edits: [{ span: { start: at, end: at }, text: inFlow(text) }], effect };
  }
  const isQuoted = last.kind === 'scalar' && last.quote === 'double';
  const written = isQuoted ? JSON.stringify(text) : inFlow(text);
  const at = last.span.end;
  if (list.style === 'flow') return { edits: [{ span: { start: at, end: at }, text: `, ${written}` }], effect };
  const source = project.own.source;
  const dash = source.text.lastIndexOf('-', last.span.start - 1);
  const indent = ' '.repeat(columnOf(source, dash));
  const end = lineEnd(source.text, at);
  return { edits: [{ span: { start: end, end }, text: `\n${indent}- ${written}` }], effect };
}
