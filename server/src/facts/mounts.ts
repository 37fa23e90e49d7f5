import { type Flag, type Instruction, perInstruction } from '../dockerfile/index.js';

/** One `RUN --mount=…` (Dockerfile reference, RUN --mount). */
export interface Mount {
  readonly type: 'bind' | 'cache' | 'tmpfs' | 'secret' | 'ssh' | string;
  readonly target: string | undefined;
  readonly from: string | undefined;
  readonly source: string | undefined;
  readonly id: string | undefined;
  readonly options: ReadonlyMap<string, string>;
  readonly flag: Flag;
}

function readMount(flag: Flag): Mount {
  const options = new Map<string, string>();
  for (const field of (flag.value ?? '').split(',')) {
    const equals = field.indexOf('=');
    const key = (equals < 0 ? field : field.slice(0, equals)).trim().toLowerCase();
    if (key !== '') options.set(key, equals < 0 ? '' : field.slice(equals + 1));
  }
  return {
    type: options.get('type') ?? 'bind',
    target: options.get('target') ?? options.get('dst') ?? options.get('destination'),
    from: options.get('from'),
    source: options.get('source') ?? options.get('src'),
    id: options.get('id'),
    options,
    flag,
  };
}

const NO_MOUNTS: readonly Mount[] = [];

export const mountsOf = perInstruction((instruction: Instruction): readonly Mount[] =>
  instruction.keyword === 'RUN' && instruction.flags.length > 0
    ? instruction.flags.filter(flag => flag.name === 'mount').map(readMount)
    : NO_MOUNTS,
);

/**
 * Whether what is written below `path` in a RUN stays out of the layer: a cache or tmpfs mount on it, above it or below it, or a
 * bind mount on or above it, whose changes are thrown away.
 */
export function isMounted(instruction: Instruction, path: string): boolean {
  const clean = (text: string): string => text.replace(/\/+$/, '');
  const wanted = clean(path);
  return mountsOf(instruction).some(mount => {
    const keeps = mount.type === 'cache' || mount.type === 'tmpfs';
    if ((!keeps && mount.type !== 'bind') || mount.target === undefined) return false;
    const target = clean(mount.target);
    return target === wanted || wanted.startsWith(`${target}/`) || (keeps && target.startsWith(`${wanted}/`));
  });
}
