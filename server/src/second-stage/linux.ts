import { parseReference } from '../dockerfile/index.js';
import type { Stage } from '../facts/index.js';
import { CODENAMES } from '../images/codenames.js';
import { currentTags } from '../images/current-tags.js';
import { describeImage } from '../images/index.js';
import type { Runtime } from './types.js';

const newestOf = (name: string): string => {
  const tag = currentTags(parseReference(name))?.tags[0] ?? 'latest';
  return `${name}:${tag}`;
};

/** For programs that need no library, no shell and no other program: certificates, time zones and nothing else. */
export const STATIC_RUNTIME: Runtime = { image: 'gcr.io/distroless/static-debian13', packages: [] };

/**
 * The distribution that a program was built on, without what builds. A C library runs what was linked with an older one, so
 * where the release is not known, or gets no fixes, it is the newest one; `isSameRelease` where another release is not enough.
 */
export function linuxRuntime(stage: Stage, packages: readonly string[], isSameRelease = false): Runtime | string {
  const { family, release } = stage.image;
  if (family !== 'debian' && family !== 'alpine') return 'it is not known which distribution its base image is made of';
  const same = release && named(family, release.version);
  const known = same !== undefined && !describeImage(parseReference(same)).endOfLife ? same : undefined;
  if (known === undefined && isSameRelease)
    return 'the tag of its base image does not say which release of Debian it is';
  return { image: known ?? newestOf(family), packages };
}

function named(family: 'debian' | 'alpine', version: number): string | undefined {
  if (family === 'alpine') return `alpine:${version.toFixed(2).replace(/\.0/, '.')}`;
  const codename = [...CODENAMES].find(([, one]) => one.system === 'debian' && one.version === `${version}`)?.[0];
  return codename === undefined ? undefined : `debian:${codename}-slim`;
}

/** The RUN that installs packages; undefined where an image has no package manager that is known here. */
export function installing(image: string, packages: readonly string[]): string | undefined {
  const list = [...new Set(packages)].sort().join(' ');
  switch (describeImage(parseReference(image)).packageManager) {
    case 'apk':
      return `RUN apk add --no-cache ${list}`;
    case 'apt-get':
      return `RUN apt-get update && apt-get install -y --no-install-recommends ${list} && rm -rf /var/lib/apt/lists/*`;
    default:
      return undefined;
  }
}
