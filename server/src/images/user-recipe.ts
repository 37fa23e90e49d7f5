import type { ImageInfo } from './types.js';

export interface UserRecipe {
  /** The commands of one RUN, to be joined with &&. */
  readonly run?: readonly string[];
  /** What to write after USER. */
  readonly user: string;
  readonly note?: string;
}

/**
 * High enough to clash with no account of a base image, and five digits at most, so that useradd does not write a
 * huge sparse lastlog.
 */
const APP_ID = 10_001;
const NUMERIC = `${APP_ID}:${APP_ID}`;

const BUSYBOX = [`addgroup -g ${APP_ID} app`, `adduser -D -u ${APP_ID} -G app -s /sbin/nologin app`] as const;
// BusyBox and Debian both have an adduser, with different options; useradd is the same everywhere. Not --system: with
// this id it warns.
const SHADOW = [
  `groupadd --gid ${APP_ID} app`,
  `useradd --no-log-init --uid ${APP_ID} --gid ${APP_ID} --create-home --shell /usr/sbin/nologin app`,
] as const;

/**
 * How to run as somebody else than root; undefined when the image does so already, prepares itself as root on
 * purpose, or has no way that is known. Numbers, not names: Kubernetes cannot check a name against runAsNonRoot.
 */
export function userRecipe(info: ImageInfo): UserRecipe | undefined {
  const user = info.defaultUser;
  const isRoot = user?.uid === 0;
  if (info.rootEntrypoint || (user && !isRoot && user.name !== 'ContainerAdministrator')) return undefined;
  const shipped = info.shippedUser;
  if (shipped) return { user: shipped.preferName, note: `The image has the user ${shipped.name} (${shipped.uid}).` };
  switch (info.family) {
    case 'windows':
      return user ? { user: 'ContainerUser' } : undefined;
    case 'scratch':
      return { user: '65532:65532', note: 'There is no /etc/passwd in scratch, so it has to be a number.' };
    case 'distroless':
      return { user: '65532:65532', note: 'This is the user nonroot; the image tag `nonroot` does the same.' };
    case 'chainguard':
      return info.shell === 'ash' && isRoot ? { run: BUSYBOX, user: NUMERIC } : { user: '65532:65532' };
    case 'rhel-minimal':
      return { user: `${APP_ID}:0`, note: 'There is no useradd in the image; group 0 is what OpenShift expects.' };
    case 'alpine':
    case 'busybox':
      return isRoot ? { run: BUSYBOX, user: NUMERIC } : { user: NUMERIC };
    case 'debian':
    case 'ubuntu':
    case 'rhel':
      return isRoot ? { run: SHADOW, user: NUMERIC } : { user: NUMERIC };
    // Whether useradd is in a SUSE base image depends on the flavour; a number always works.
    case 'suse':
    case 'unknown':
      return { user: NUMERIC, note: 'A number works on every Linux image, with or without an entry in /etc/passwd.' };
  }
}
