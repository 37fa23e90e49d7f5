import type { ImageInfo } from '../../images/index.js';

/** How to get a user without rights: the command that creates it, where one is needed, and what USER says. */
export interface Recipe {
  /** Without the keyword; lines continued with a backslash. */
  readonly run: string | undefined;
  readonly user: string;
}

// An id above 10000 clashes with no user that an image ships, and tools that demand a number accept it.
const USERADD: Recipe = {
  run: 'groupadd --gid 10001 app \\\n    && useradd --no-log-init --uid 10001 --gid 10001 --create-home --shell /usr/sbin/nologin app',
  user: '10001:10001',
};
const ADDUSER: Recipe = { run: 'addgroup -g 10001 app && adduser -D -u 10001 -G app -s /sbin/nologin app', user: '10001:10001' };
// Distroless images call this id nonroot; scratch has no names at all.
const NONROOT: Recipe = { run: undefined, user: '65532:65532' };

/** The commands differ: BusyBox has no useradd, Debian 13 no adduser, minimal images neither. */
export function recipeFor(family: ImageInfo['family']): Recipe | undefined {
  switch (family) {
    case 'alpine':
    case 'busybox':
      return ADDUSER;
    case 'debian':
    case 'ubuntu':
    case 'suse':
    case 'rhel':
      return USERADD;
    case 'rhel-minimal':
      // Group 0 is what OpenShift gives to the arbitrary ids it runs containers with.
      return { run: undefined, user: '10001:0' };
    case 'distroless':
    case 'chainguard':
    case 'scratch':
      return NONROOT;
    case 'unknown':
      return { run: undefined, user: '10001:10001' };
    case 'windows':
      return undefined;
  }
}
