import { versionOf } from './distributions.js';
import type { Identity } from './identity.js';
import type { ImageRow } from './row.js';
import type { Family, ShippedUser, User } from './types.js';

const ROOT: User = { name: 'root', uid: 0 };
/** Chainguard images that are made to be built upon, as root. */
const ROOT_BASES = /^(?:wolfi-base|chainguard-base|sdk)$/;

const isChiseled = (id: Identity): boolean => /chiseled|distroless/.test(id.tag);
const isDotnet = (id: Identity): boolean => /^dotnet\/(?!framework)/.test(id.path);

const startsAs = ({ user }: ImageRow): User | undefined =>
  user === 'root' ? ROOT : user === 'unknown' ? undefined : user;

/** Where a row says root, that is of its variants for Linux. */
function windowsUser(id: Identity, row: ImageRow | undefined): User | undefined {
  if (row && row.user !== 'root') return startsAs(row);
  if (row && isDotnet(id) && /nanoserver/.test(id.tag)) return { name: 'ContainerUser' };
  return row && /servercore/.test(id.tag) ? { name: 'ContainerAdministrator' } : undefined;
}

/** Whom an image starts as; undefined when unknown. */
export function userOf(family: Family, id: Identity, row: ImageRow | undefined, tagIsKnown: boolean): User | undefined {
  if (family === 'windows') return windowsUser(id, row);
  if (!row) return undefined;
  if (row.images.some(image => image === 'gcr.io/distroless/*')) {
    if (!tagIsKnown) return undefined;
    return /(?:^|-)nonroot/.test(id.tag) ? { name: 'nonroot', uid: 65532 } : ROOT;
  }
  if (isDotnet(id) && isChiseled(id))
    return (versionOf(id.tag) ?? 8) >= 8 ? { name: 'app', uid: 1654 } : { name: 'app' };
  // A variable may still make it chiseled.
  if (isDotnet(id) && !tagIsKnown) return undefined;
  if (family === 'chainguard') {
    if (ROOT_BASES.test(id.name)) return ROOT;
    // Those two have their service's own user.
    return /^(?:postgres|redis|mariadb|mongo|k3s)/.test(id.name) ? undefined : startsAs(row);
  }
  if (id.official === 'haproxy') {
    const version = versionOf(id.tag);
    if (!tagIsKnown) return undefined;
    // `2` alone is the newest 2.x; 2.10 does not exist.
    const major = /^\d+(?:-|$)/.test(id.tag);
    if (version !== undefined && !major && version < 2.4) return ROOT;
  }
  // A variable may still make it one of those.
  if (row.userIn && !tagIsKnown) return undefined;
  return row.userIn?.tag.test(id.tag) ? row.userIn.user : startsAs(row);
}

/** The user that it has for running applications. */
export function shippedBy(row: ImageRow | undefined, family: Family, id: Identity): ShippedUser | undefined {
  const shipped = row?.shipped;
  if (!shipped || family === 'windows') return undefined;
  if (shipped.write === '$APP_UID') {
    const version = versionOf(id.tag);
    if (version === undefined ? id.tag !== '' && id.tag !== 'latest' : version < 8) return undefined;
  }
  // On Red Hat's images the ids are others than on Debian and Ubuntu.
  if (family.startsWith('rhel') && row.base !== family) return undefined;
  const uid = family === 'alpine' && shipped.alpineUid !== undefined ? shipped.alpineUid : shipped.uid;
  return { name: shipped.name, uid, preferName: shipped.write ?? shipped.name };
}
