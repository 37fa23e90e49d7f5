import type { Identity } from './identity.js';
import type { Release } from './release.js';
import type { ImageRow } from './row.js';
import type { Family, ShippedUser } from './types.js';

/** Accounts that an image has from the start; an id is undefined where it is not the same in all versions. */
export interface Accounts {
  readonly users: ReadonlyMap<string, number | undefined>;
  readonly groups: ReadonlyMap<string, number | undefined>;
  /** The image certainly has no others. */
  readonly complete: boolean;
}

type Table = Readonly<Record<string, number | undefined>>;

interface Base {
  readonly users: Table;
  readonly groups: Table;
}

/** base-passwd, passwd.master and group.master; only what Debian 9 to 13 and Ubuntu have in common. */
const DEBIAN: Base = {
  users: {
    ...{ root: 0, daemon: 1, bin: 2, sys: 3, sync: 4, games: 5, man: 6, lp: 7, mail: 8, news: 9, uucp: 10, proxy: 13 },
    ...{ 'www-data': 33, backup: 34, list: 38, irc: 39, nobody: 65_534 },
    // 100 before Debian 12, 42 since.
    _apt: undefined,
  },
  groups: {
    ...{ root: 0, daemon: 1, bin: 2, sys: 3, adm: 4, tty: 5, disk: 6, lp: 7, mail: 8, news: 9, uucp: 10, man: 12 },
    ...{ proxy: 13, kmem: 15, dialout: 20, fax: 21, voice: 22, cdrom: 24, floppy: 25, tape: 26, sudo: 27, audio: 29 },
    ...{ dip: 30, 'www-data': 33, backup: 34, operator: 37, list: 38, irc: 39, src: 40, shadow: 42, utmp: 43 },
    ...{ video: 44, sasl: 45, plugdev: 46, staff: 50, games: 60, users: 100, nogroup: 65_534 },
  },
};

/** alpine-baselayout, passwd and group; only what all supported releases have in common. */
const ALPINE: Base = {
  users: {
    ...{ root: 0, bin: 1, daemon: 2, lp: 4, sync: 5, shutdown: 6, halt: 7, mail: 8, news: 9, uucp: 10, cron: 16 },
    ...{ ftp: 21, sshd: 22, games: 35, ntp: 123, guest: 405, nobody: 65_534 },
  },
  groups: {
    ...{ root: 0, bin: 1, daemon: 2, sys: 3, adm: 4, tty: 5, disk: 6, lp: 7, kmem: 9, wheel: 10, floppy: 11, mail: 12 },
    ...{ news: 13, uucp: 14, cron: 16, audio: 18, cdrom: 19, dialout: 20, ftp: 21, sshd: 22, input: 23, tape: 26 },
    ...{ video: 27, netdev: 28, kvm: 34, games: 35, shadow: 42, 'www-data': 82, users: 100, ntp: 123, utmp: 406 },
    ...{ nogroup: 65_533, nobody: 65_534 },
  },
};

/** Buildroot's skeleton, which docker-library/busybox is made from. */
const BUSYBOX: Base = {
  users: { root: 0, daemon: 1, bin: 2, sys: 3, sync: 4, mail: 8, 'www-data': 33, operator: 37, nobody: 65_534 },
  groups: { root: 0, daemon: 1, bin: 2, sys: 3, adm: 4, tty: 5, disk: 6, wheel: 10, 'www-data': 33, users: 100 },
};

/** GoogleContainerTools/distroless, common/variables.bzl. */
const DISTROLESS: Base = {
  users: { root: 0, nobody: 65_534, nonroot: 65_532 },
  groups: { root: 0, nobody: 65_534, tty: 5, staff: 50, nonroot: 65_532 },
};

const BASES: Partial<Record<Family, Base>> = {
  debian: DEBIAN,
  ubuntu: DEBIAN,
  alpine: ALPINE,
  busybox: BUSYBOX,
  distroless: DISTROLESS,
  scratch: { users: {}, groups: {} },
};

/** Groups whose id is another than that of their user: redis/docker-library-redis, docker-library/rabbitmq, both on Alpine. */
const ALPINE_GROUPS: Table = { redis: 1000, rabbitmq: 101 };

/** Images on Ubuntu that were seen to keep its user `ubuntu` (their Dockerfiles have no userdel). */
const KEEPS_UBUNTU = new Set(['ubuntu', 'buildpack-deps', 'eclipse-temurin']);

/** Their Dockerfiles create the accounts listed here and no others, and install nothing that does. */
const COMPLETE = new Set(
  'alpine busybox debian eclipse-temurin golang nginx node php postgres python redis ruby rust ubuntu'.split(' '),
);

/** Ubuntu has a user of its name since 23.04; its moving tags are later. */
const hasUbuntu = (id: Identity, release: Release | undefined): boolean =>
  release === undefined
    ? id.official === 'ubuntu' && /^(?:latest|rolling|devel)$/.test(id.tag)
    : release.system === 'ubuntu' && release.version >= 23.04;

/** Undefined where nothing is known of the accounts. */
export function accountsOf(
  family: Family,
  id: Identity,
  row: ImageRow | undefined,
  release: Release | undefined,
  shipped: ShippedUser | undefined,
): Accounts | undefined {
  const base = BASES[family];
  if (!base || (!row && id.official === undefined)) return undefined;
  const users = new Map(Object.entries(base.users));
  const groups = new Map(Object.entries(base.groups));
  if (shipped) {
    users.set(shipped.name, shipped.uid);
    groups.set(shipped.name, (family === 'alpine' ? ALPINE_GROUPS[shipped.name] : undefined) ?? shipped.uid);
  }
  if (row && typeof row.user === 'object') users.set(row.user.name, row.user.uid);
  if (family === 'ubuntu' && KEEPS_UBUNTU.has(id.official ?? '') && hasUbuntu(id, release)) {
    users.set('ubuntu', 1000);
    groups.set('ubuntu', 1000);
  }
  const complete =
    family === 'scratch' || family === 'distroless' || (id.official !== undefined && COMPLETE.has(id.official));
  return { users, groups, complete };
}
