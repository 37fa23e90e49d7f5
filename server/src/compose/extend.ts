import { mergedMappings } from './merge.js';
import type { Project } from './project.js';
import { folderOf, joinedPath } from './project-files.js';
import { readYaml } from './read-yaml.js';
import { type Entry, entryOf, type Mapping, scalarAt, type Value, valueAt } from './value.js';

type Read = Pick<Project, 'beside' | 'variables'>;

/** A service with what it extends, its own keys over those of the other; undefined for what is not a mapping. */
export function extended(
  entry: Entry,
  root: Value | undefined,
  read: Read,
  seen: ReadonlySet<string>,
): Mapping | undefined {
  const body = bodyOf(entry);
  const extending = entryOf(body, 'extends')?.value;
  if (!body || !extending) return body;
  const key = `${entry.source.path}\n${entry.key}`;
  // A circle is Compose's to refuse; here it ends.
  if (seen.has(key)) return body;
  const name = extending.kind === 'scalar' ? extending.text : scalarAt(extending, 'service')?.text;
  const path = scalarAt(extending, 'file')?.text;
  const otherRoot = path === undefined ? root : rootOf(path, entry, read);
  const base = name === undefined ? undefined : entryOf(valueAt(otherRoot, 'services'), name);
  const before = base && extended(base, otherRoot, read, new Set([...seen, key]));
  const whole = before ? mergedMappings(before, body, ['services', entry.key]) : body;
  return whole.kind === 'mapping' ? whole : body;
}

/** Whether the file that a service extends another one of can be read. */
export function canExtend({ value, source }: Entry, { beside }: Read): boolean {
  const path = scalarAt(value, 'extends', 'file')?.text;
  return path === undefined || beside.read(joinedPath(folderOf(source.path), path)) !== undefined;
}

/** A service with nothing in it is written as an empty value, and has no keys. */
function bodyOf({ value }: Entry): Mapping | undefined {
  if (value.kind === 'mapping') return value;
  if (value.kind !== 'scalar' || value.type !== 'null') return undefined;
  const { source, span, tag, isAlias } = value;
  return { kind: 'mapping', style: 'block', entries: new Map(), source, span, tag, isAlias };
}

function rootOf(path: string, { source }: Entry, { beside, variables }: Read): Value | undefined {
  const at = joinedPath(folderOf(source.path), path);
  const text = beside.read(at);
  return text === undefined ? undefined : readYaml({ path: at, text }, variables).root;
}
