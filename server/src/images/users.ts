import type { ImageReference } from '../dockerfile/index.js';
import { officialName } from './family.js';
import type { Family, User, ShippedUser } from './types.js';

const ROOT: User = { name: 'root', uid: 0 };

interface Row {
  /** The official name, or `registry/path` for others. */
  readonly name: RegExp;
  readonly user?: ShippedUser;
  /** The user that the image starts as, where it is not root. */
  readonly starts?: User;
}

/** Users that images ship for their programs (the images' own Dockerfiles; hardening notes of 2026). */
const ROWS = [
  { name: /^node$/, user: { name: 'node', uid: 1000, preferName: 'node' } },
  { name: /^gradle$/, user: { name: 'gradle', uid: 1000, preferName: 'gradle' } },
  {
    name: /^memcached$/,
    user: { name: 'memcache', uid: 11211, preferName: 'memcache' },
    starts: { name: 'memcache', uid: 11211 },
  },
  { name: /^haproxy$/, user: { name: 'haproxy', uid: 99, preferName: 'haproxy' }, starts: { name: 'haproxy', uid: 99 } },
  {
    name: /^jenkins\/(?:jenkins|inbound-agent|agent|ssh-agent)$/,
    user: { name: 'jenkins', uid: 1000, preferName: 'jenkins' },
    starts: { name: 'jenkins', uid: 1000 },
  },
  {
    name: /^grafana\/grafana(?:-oss|-enterprise)?$/,
    user: { name: 'grafana', uid: 472, preferName: '472' },
    starts: { name: '472', uid: 472 },
  },
  {
    name: /^nginxinc\/nginx-unprivileged$/,
    user: { name: 'nginx', uid: 101, preferName: '101' },
    starts: { name: '101', uid: 101 },
  },
  { name: /^bitnami\//, user: { name: '1001', uid: 1001, preferName: '1001' }, starts: { name: '1001', uid: 1001 } },
  { name: /^prom\//, starts: { name: 'nobody', uid: 65534 } },
  { name: /^ghost$/, user: { name: 'node', uid: 1000, preferName: 'node' } },
  { name: /^solr$/, user: { name: 'solr', uid: 8983, preferName: 'solr' }, starts: { name: 'solr', uid: 8983 } },
  { name: /^kibana$/, starts: { name: 'kibana', uid: 1000 } },
  { name: /^elasticsearch$/, starts: { name: 'elasticsearch', uid: 1000 } },
  { name: /^logstash$/, starts: { name: 'logstash', uid: 1000 } },
  { name: /^couchdb$/, user: { name: 'couchdb', uid: 5984, preferName: 'couchdb' } },
  { name: /^quay\.io\/keycloak\/keycloak$/, starts: { name: 'keycloak', uid: 1000 } },
] as const satisfies readonly Row[];

/** Entrypoints that start as root, prepare their volume and drop privileges with gosu, su-exec or setpriv. */
const ROOT_ENTRYPOINTS = [
  {
    name: /^(?:postgres|mysql|mariadb|redis|valkey|mongo|rabbitmq|cassandra|couchdb|neo4j|zookeeper|influxdb)$/,
    advice: 'its entrypoint prepares the data directory as root and then drops privileges itself',
  },
  {
    name: /^(?:postgis\/postgis|timescale\/timescaledb|pgvector\/pgvector|bitnamilegacy\/.*)$/,
    advice: 'its entrypoint prepares the data directory as root and then drops privileges itself',
  },
  {
    name: /^nginx$/,
    advice:
      'its master process starts as root and its workers run as nginx; nginxinc/nginx-unprivileged runs without root, on port 8080',
  },
  { name: /^httpd$/, advice: 'its master process starts as root and its workers run as www-data' },
  {
    name: /^(?:wordpress|nextcloud|drupal|joomla|redmine|odoo)$/,
    advice: 'its entrypoint prepares its files as root and its workers run as another user',
  },
  {
    name: /^(?:linuxserver\/.*|lscr\.io\/linuxserver\/.*)$/,
    advice: 'its init system takes the user from PUID and PGID',
  },
  { name: /^docker$/, advice: 'a Docker daemon in a container needs root' },
] as const;

const nameOf = (reference: ImageReference): string =>
  (
    officialName(reference) ??
    `${reference.registry && reference.registry !== 'docker.io' ? `${reference.registry}/` : ''}${reference.path}`
  ).toLowerCase();

export interface Users {
  readonly defaultUser: User | undefined;
  readonly shippedUser: ShippedUser | undefined;
  readonly rootEntrypoint: boolean;
  readonly rootAdvice: string | undefined;
}

export function usersOf(reference: ImageReference, family: Family): Users {
  const name = nameOf(reference);
  const tag = (reference.tag ?? '').toLowerCase();
  const rootEntrypoint = ROOT_ENTRYPOINTS.find(row => row.name.test(name) && !(name === 'docker' && /cli/.test(tag)));
  const row = (ROWS as readonly Row[]).find(candidate => candidate.name.test(name));
  const dotnet = dotnetUser(name, tag, family);
  const php = phpUser(name, tag, family);
  const shippedUser = row?.user ?? dotnet?.user ?? php;
  return {
    defaultUser: row?.starts ?? dotnet?.starts ?? startsAs(name, tag, family, reference),
    shippedUser,
    rootEntrypoint: rootEntrypoint !== undefined, rootAdvice: rootEntrypoint?.advice,
  };
}

function startsAs(name: string, tag: string, family: Family, reference: ImageReference): User | undefined {
  switch (family) {
    case 'scratch':
      return ROOT;
    case 'distroless':
      if (/nonroot/.test(tag) || /nonroot/.test(reference.path)) return { name: 'nonroot', uid: 65532 };
      return tag.includes('$') ? undefined : ROOT;
    case 'chainguard':
      return { name: 'nonroot', uid: 65532 };
    case 'windows':
      return /nanoserver/.test(`${name}:${tag}`) ? { name: 'ContainerUser' } : { name: 'ContainerAdministrator' };
    case 'unknown':
      return officialName(reference) !== undefined && KNOWN_ROOT.test(name) ? ROOT : undefined;
    default:
      // Vendors' images on a known distribution may set any user; only the distributions' own and official images are sure.
      return officialName(reference) !== undefined ||
        DISTRIBUTION.test(name) ||
        name.startsWith('mcr.microsoft.com/dotnet/')
        ? ROOT
        : undefined;
  }
}

/** Official images that start as root whatever their tag says. */
const KNOWN_ROOT =
  /^(?:python|node|ruby|golang|rust|php|perl|gcc|openjdk|eclipse-temurin|maven|gradle|tomcat|debian|ubuntu|alpine|busybox|fedora|centos|rockylinux|almalinux|amazonlinux|oraclelinux|nginx|httpd|caddy|traefik|composer)$/;
const DISTRIBUTION =
  /(?:^|\/)(?:ubi\d*(?:-minimal|-micro)?|ubi\d*\/\S+|debian|ubuntu|alpine|fedora|centos|rockylinux|almalinux|amazonlinux|oraclelinux|leap|tumbleweed|bci-\S+)$/;

/** .NET 8 and later have a user `app` and its uid in APP_UID (dotnet-docker, "rootless" images). */
function dotnetUser(name: string, tag: string, family: Family): { user: ShippedUser; starts?: User } | undefined {
  if (!/^mcr\.microsoft\.com\/dotnet\/(?:sdk|aspnet|runtime|runtime-deps|monitor)$/.test(name) || family === 'windows')
    return undefined;
  const major = /^(\d+)/.exec(tag)?.[1];
  if (major === undefined || Number(major) < 8) return undefined;
  const user = { name: 'app', uid: 1654, preferName: '$APP_UID' };
  return family === 'distroless' ? { user, starts: { name: 'app', uid: 1654 } } : { user };
}

function phpUser(name: string, tag: string, family: Family): ShippedUser | undefined {
  if (name !== 'php') return undefined;
  if (family === 'alpine') return { name: 'www-data', uid: 82, preferName: 'www-data' };
  return family === 'debian' && !tag.includes('$') ? { name: 'www-data', uid: 33, preferName: 'www-data' } : undefined;
}
