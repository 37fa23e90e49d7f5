import { ENVIRONMENTS } from './environments.js';
import type { Identity } from './identity.js';
import type { ImageRow } from './row.js';

const NONE: ReadonlySet<string> = new Set();
const known = new Map<ImageRow | string, ReadonlySet<string>>();

/** The names of the ENV variables that some version of the image sets. */
export function environmentOf(row: ImageRow | undefined, { official }: Identity): ReadonlySet<string> {
  if (!row) return NONE;
  const key = official ?? row;
  let names = known.get(key);
  if (!names) {
    const read = official === undefined ? undefined : ENVIRONMENTS[official];
    names = new Set(['PATH', ...(read?.split(' ') ?? []), ...(row.env ?? [])]);
    known.set(key, names);
  }
  return names;
}
