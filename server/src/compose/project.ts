import { readDotEnv } from './dot-env.js';
import { canExtend, extended } from './extend.js';
import { canInclude, included } from './include.js';
import type { Variables } from './interpolate.js';
import { mergedMappings, withoutReset } from './merge.js';
import { BASE_NAMES, isForSwarm, isForTrying, isOverrideName, OVERRIDE_NAMES } from './names.js';
import type { ProjectFiles } from './project-files.js';
import { readYaml, type YamlFile } from './read-yaml.js';
import { type Entry, entriesOf, entryOf, type Mapping, type Source, scalarAt, type Value, valueAt } from './value.js';

/** A service as it is started: all files merged, what it extends included. */
export interface Service {
  readonly name: string;
  /** Where it is named. */
  readonly entry: Entry;
  readonly body: Mapping;
  /** What the file that is looked at says of it; undefined when that says nothing. */
  readonly own: Entry | undefined;
  /** It has an image or a build, so what it lacks can be said. Another service's base, and a part of one, do not count. */
  readonly isWhole: boolean;
  /** Other services extend it. */
  readonly isBase: boolean;
  /** It comes from an included file. */
  readonly isIncluded: boolean;
}

export type ResourceKind = 'networks' | 'volumes' | 'secrets' | 'configs';
export const RESOURCE_KINDS: readonly ResourceKind[] = ['networks', 'volumes', 'secrets', 'configs'];

/** All that one Compose file says together with the files that Compose reads with it. */
export interface Project {
  /** The file that is looked at. */
  readonly own: YamlFile;
  readonly root: Value | undefined;
  readonly services: ReadonlyMap<string, Service>;
  readonly resources: Readonly<Record<ResourceKind, ReadonlyMap<string, Entry>>>;
  readonly variables: Variables;
  /** The files that count, in the order in which they are merged. */
  readonly files: readonly YamlFile[];
  /** It is laid over another file that is not known for certain: what is not in it may be there. */
  readonly isFragment: boolean;
  /** Files that add to it may be given on the command line. */
  readonly mayHaveOverlays: boolean;
  readonly isSwarm: boolean;
  /** It is for developing or testing. */
  readonly isForTrying: boolean;
  readonly beside: ProjectFiles;
}

/** Reads a Compose file and what Compose reads with it. Never throws on any text. */
export function readProject(own: Source, beside: ProjectFiles): Project {
  const dotEnv = beside.read('.env');
  const variables: Variables = dotEnv === undefined ? new Map() : readDotEnv(dotEnv);
  const ownFile = readYaml(own, variables);
  const files = chainOf(own.path, beside).map(path =>
    path === own.path ? ownFile : readYaml({ path, text: beside.read(path) ?? '' }, variables),
  );
  const root = files.reduce<Value | undefined>((before, { root: after }) => mergedRoots(before, after), undefined);
  const part = { own: ownFile, root, beside, variables };
  const others = included(root, beside);
  const services = servicesOf(part, others, isAnOverlay(own.path, beside));
  const resources = { networks: new Map(), volumes: new Map(), secrets: new Map(), configs: new Map() };
  for (const kind of RESOURCE_KINDS)
    for (const one of [...others, root])
      for (const entry of entriesOf(valueAt(one, kind))) resources[kind].set(entry.key, entry);
  return {
    ...part,
    services,
    resources,
    files,
    isFragment:
      isAnOverlay(own.path, beside) ||
      !canInclude(root, beside) ||
      [...services.values()].some(one => one.own && !one.isWhole && !one.isBase),
    mayHaveOverlays: hasOverlays(own.path, beside),
    isSwarm: isForSwarm(own.path) || isStack(root),
    isForTrying: isForTrying(own.path),
  };
}

function mergedRoots(before: Value | undefined, after: Value | undefined): Value | undefined {
  if (after?.kind !== 'mapping') return before;
  return before ? mergedMappings(before, after, []) : after;
}

/** The files that Compose merges by itself when it is started in this folder, or the file alone where it takes others. */
function chainOf(own: string, beside: ProjectFiles): readonly string[] {
  const first = (names: readonly string[]): string | undefined =>
    names.find(name => name === own || beside.look(name)?.kind === 'file');
  const base = first(BASE_NAMES);
  const override = first(OVERRIDE_NAMES);
  if (base === undefined || override === undefined || (own !== base && own !== override)) return [own];
  return [base, override];
}

const isThere = (names: readonly string[], beside: ProjectFiles): boolean =>
  names.some(name => beside.look(name)?.kind === 'file');

/** Whether a file is beside one that it is made to be laid over. */
function isAnOverlay(own: string, beside: ProjectFiles): boolean {
  if (chainOf(own, beside).length > 1) return false;
  if (isOverrideName(own)) return true;
  return !BASE_NAMES.includes(own) && isThere(BASE_NAMES, beside);
}

function hasOverlays(own: string, beside: ProjectFiles): boolean {
  const stem = own.replace(/\.ya?ml$/, '');
  return ['prod', 'production', 'dev', 'development', 'test', 'local', 'override'].some(what =>
    ['.yml', '.yaml'].some(end => beside.look(`${stem}.${what}${end}`)?.kind === 'file'),
  );
}

type Read = Pick<Project, 'own' | 'root' | 'beside' | 'variables'>;

function servicesOf(read: Read, others: readonly Value[], isOverlay: boolean): ReadonlyMap<string, Service> {
  const services = new Map<string, Service>();
  for (const other of others) for (const service of of(other, true)) services.set(service.name, service);
  for (const service of of(read.root, false)) services.set(service.name, service);
  return services;

  function of(root: Value | undefined, isIncluded: boolean): readonly Service[] {
    const all = entriesOf(valueAt(root, 'services'));
    const bases = new Set(all.flatMap(({ value }) => baseIn(value) ?? []));
    return all.flatMap((entry): Service[] => {
      const whole = extended(entry, root, read, new Set());
      if (!whole) return [];
      const body = withoutReset(whole);
      const own = isIncluded ? undefined : ownEntry(read.own, entry.key);
      const isWhole = (body.entries.has('image') || body.entries.has('build')) && !isOverlay && canExtend(entry, read);
      return [{ name: entry.key, entry, body, own, isWhole, isBase: bases.has(entry.key), isIncluded }];
    });
  }
}

/** The service of the same file that a service extends. */
function baseIn(service: Value): string | undefined {
  const extending = entryOf(service, 'extends')?.value;
  if (extending?.kind === 'scalar') return extending.text;
  return entryOf(extending, 'file') ? undefined : scalarAt(extending, 'service')?.text;
}

const ownEntry = ({ root }: YamlFile, name: string): Entry | undefined => entryOf(valueAt(root, 'services'), name);

/** Whether `docker stack deploy` is what a file is made for, by what only that obeys. */
function isStack(root: Value | undefined): boolean {
  if (entriesOf(valueAt(root, 'networks')).some(({ value }) => scalarAt(value, 'driver')?.text === 'overlay'))
    return true;
  return entriesOf(valueAt(root, 'configs')).some(({ value }) => scalarAt(value, 'external')?.text === 'true');
}
