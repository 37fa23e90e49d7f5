import { perService } from './per-service.js';
import type { Project, Service } from './project.js';
import { itemsOf, type Place, type Scalar, scalarAt, truth, type Value, valueAt } from './value.js';

/** Something of the host, or a volume, that a container sees at a path. */
export interface Mount extends Place {
  readonly item: Value;
  readonly type: 'bind' | 'volume' | 'tmpfs' | 'npipe' | 'other';
  /** A path of the host or the name of a volume; empty for an anonymous volume. */
  readonly from: string;
  /** The path in the container. */
  readonly target: string;
  readonly isReadOnly: boolean;
  readonly propagation: string | undefined;
  /** The options of the short form, with the place of each. */
  readonly options: readonly string[];
  readonly form: 'short' | 'long';
  /** False when a variable decides about some of it. */
  readonly isKnown: boolean;
}

export const mountsOf = perService(({ body }): readonly Mount[] =>
  itemsOf(valueAt(body, 'volumes')).flatMap(item => {
    const mount = item.kind === 'scalar' ? shortMount(item) : item.kind === 'mapping' ? longMount(item) : undefined;
    return mount ?? [];
  }),
);

const WINDOWS = /^[a-z]:[\\/]/i;
/** A single letter is a drive of Windows. */
const DRIVE = /^[a-z]$/i;

export const isHostPath = (from: string): boolean => /^(?:[./~]|\\\\)/.test(from) || WINDOWS.test(from);

function shortMount(item: Scalar): Mount {
  const { source, span, isKnown } = item;
  const text = item.text.trim();
  const parts = splitShort(text);
  const isAnonymous = parts.length === 1;
  const [from = '', target = ''] = isAnonymous ? ['', parts[0]] : parts;
  const options = (parts[2] ?? '').split(',').filter(option => option !== '');
  return {
    item,
    source,
    span,
    type: isHostPath(from) ? (from.startsWith('\\\\.\\pipe') ? 'npipe' : 'bind') : 'volume',
    from,
    target,
    isReadOnly: options.includes('ro') || options.includes('readonly'),
    propagation: options.find(option => /^r?(?:shared|slave|private)$/.test(option)),
    options,
    form: 'short',
    isKnown,
  };
}

/** Between the colons; that of a drive is part of its path, so `v:/data` alone is a path of Windows. */
function splitShort(text: string): readonly string[] {
  const parts: string[] = [];
  for (const part of text.split(':')) {
    const last = parts.at(-1);
    if (last !== undefined && DRIVE.test(last) && /^[\\/]/.test(part)) parts[parts.length - 1] = `${last}:${part}`;
    else parts.push(part);
  }
  return parts;
}

function longMount(item: Value): Mount {
  const { source, span } = item;
  const of = (key: string): Scalar | undefined => scalarAt(item, key);
  const type = of('type')?.text ?? 'volume';
  const kinds = ['bind', 'volume', 'tmpfs', 'npipe'] as const;
  return {
    item,
    source,
    span,
    type: kinds.find(kind => kind === type) ?? 'other',
    from: of('source')?.text ?? of('src')?.text ?? '',
    target: of('target')?.text ?? of('dst')?.text ?? of('destination')?.text ?? '',
    isReadOnly: truth(of('read_only')) === true || truth(of('readonly')) === true,
    propagation: scalarAt(item, 'bind', 'propagation')?.text,
    options: [],
    form: 'long',
    isKnown: ['type', 'source', 'target'].every(key => of(key)?.isKnown !== false),
  };
}

/** The path of the host that a mount shows: its own, or that of a volume which is a bind of one. */
export function hostPathOf(mount: Mount, { resources }: Project): string | undefined {
  if (mount.type === 'bind' || mount.type === 'npipe') return mount.from;
  if (mount.type !== 'volume' || mount.from === '') return undefined;
  const options = valueAt(resources.volumes.get(mount.from)?.value, 'driver_opts');
  const device = scalarAt(options, 'device');
  const isBind = /\bbind\b/.test(scalarAt(options, 'o')?.text ?? '') || scalarAt(options, 'type')?.text === 'none';
  return isBind && device?.isKnown ? device.text : undefined;
}

/** `/var/run` is `/run` wherever containers run. */
export const realPath = (path: string): string =>
  path
    .replace(/^\/+/, '/')
    .replace(/^\/var\/run(?=\/|$)/, '/run')
    .replace(/\/+$/, '') || '/';

/** The paths that a service keeps in memory. */
export const tmpfsOf = perService((service: Service): readonly Scalar[] => {
  const value = valueAt(service.body, 'tmpfs');
  if (value?.kind === 'scalar') return [value];
  return itemsOf(value).filter(item => item.kind === 'scalar');
});
