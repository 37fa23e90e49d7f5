import { builtFrom, lastOf, textOf } from './dockerfile.js';
import type { Project, Service } from './project.js';
import { imageOf } from './service-facts.js';
import { knownText, valueAt } from './value.js';

/** What a published image needs at run time. */
interface Row {
  /** Paths on Docker Hub, without `library/`. */
  readonly images: readonly string[];
  /** To be added back when all capabilities are dropped, as long as it starts as root by its own entry point. */
  readonly capabilities?: readonly string[];
  /** What is written outside volumes, so that the rest can be read-only; undefined when that is not known. */
  readonly tmpfs?: readonly string[];
  /** Where its data are. */
  readonly data?: readonly string[];
  readonly kind?: 'database' | 'cache' | 'queue' | 'proxy';
  /** A health check that needs nothing the image does not have. */
  readonly probe?: readonly string[];
}

const DROPS_TO_A_USER = ['CHOWN', 'SETGID', 'SETUID', 'DAC_OVERRIDE'];

/** By the entry points of the images themselves; each was read there. */
const ROWS: readonly Row[] = [
  {
    images: ['nginx'],
    capabilities: ['CHOWN', 'SETGID', 'SETUID'],
    tmpfs: ['/run', '/var/cache/nginx', '/tmp'],
    kind: 'proxy',
  },
  { images: ['nginxinc/nginx-unprivileged'], capabilities: [], tmpfs: ['/tmp'], kind: 'proxy' },
  {
    images: ['postgres', 'postgis/postgis', 'pgvector/pgvector', 'timescale/timescaledb'],
    capabilities: DROPS_TO_A_USER,
    tmpfs: ['/run/postgresql', '/tmp'],
    data: ['/var/lib/postgresql'],
    kind: 'database',
    probe: ['CMD-SHELL', 'pg_isready -U "$${POSTGRES_USER:-postgres}"'],
  },
  {
    images: ['mysql', 'percona'],
    capabilities: DROPS_TO_A_USER,
    tmpfs: ['/run/mysqld', '/tmp'],
    data: ['/var/lib/mysql'],
    kind: 'database',
    probe: ['CMD', 'mysqladmin', 'ping', '-h', 'localhost'],
  },
  {
    images: ['mariadb'],
    capabilities: DROPS_TO_A_USER,
    tmpfs: ['/run/mysqld', '/tmp'],
    data: ['/var/lib/mysql'],
    kind: 'database',
    probe: ['CMD', 'healthcheck.sh', '--connect', '--innodb_initialized'],
  },
  {
    images: ['redis', 'valkey/valkey'],
    capabilities: DROPS_TO_A_USER,
    tmpfs: [],
    data: ['/data'],
    kind: 'cache',
    probe: ['CMD', 'redis-cli', 'ping'],
  },
  {
    images: ['mongo'],
    capabilities: DROPS_TO_A_USER,
    tmpfs: ['/tmp'],
    data: ['/data/db'],
    kind: 'database',
    probe: ['CMD', 'mongosh', '--quiet', '--eval', "db.adminCommand('ping').ok"],
  },
  {
    images: ['rabbitmq'],
    capabilities: DROPS_TO_A_USER,
    data: ['/var/lib/rabbitmq'],
    kind: 'queue',
    probe: ['CMD', 'rabbitmq-diagnostics', '-q', 'ping'],
  },
  { images: ['memcached'], capabilities: [], tmpfs: [], kind: 'cache' },
  { images: ['haproxy'], capabilities: [], kind: 'proxy' },
  { images: ['traefik'], capabilities: [], kind: 'proxy' },
  { images: ['caddy'], capabilities: ['NET_BIND_SERVICE'], kind: 'proxy' },
  { images: ['prom/prometheus', 'grafana/grafana', 'prom/node-exporter', 'prom/alertmanager'], capabilities: [] },
  {
    images: ['elasticsearch', 'opensearchproject/opensearch'],
    data: ['/usr/share/elasticsearch/data'],
    kind: 'database',
  },
  { images: ['influxdb'], data: ['/var/lib/influxdb', '/var/lib/influxdb2'], kind: 'database' },
  { images: ['couchdb'], data: ['/opt/couchdb/data'], kind: 'database' },
  { images: ['neo4j'], data: ['/data'], kind: 'database' },
  { images: ['cassandra'], data: ['/var/lib/cassandra'], kind: 'database' },
  { images: ['clickhouse/clickhouse-server'], data: ['/var/lib/clickhouse'], kind: 'database' },
  { images: ['mcr.microsoft.com/mssql/server'], data: ['/var/opt/mssql'], kind: 'database' },
  { images: ['minio/minio'], kind: 'database' },
];

const byImage = new Map(ROWS.flatMap(row => row.images.map(image => [image, row] as const)));

/** What is known of the image that a service takes from a registry; undefined for what is built here. */
export function rowOf(service: Service): Row | undefined {
  const image = imageOf(service);
  if (!image || service.body.entries.has('build')) return undefined;
  const path = image.path.replace(/^library\//, '');
  const isHub = image.registry === undefined || image.registry === 'docker.io';
  return byImage.get(isHub ? path : `${image.registry}/${path}`);
}

/** Whether a service starts what its image starts, as the user that the image says. */
const startsAsMeant = ({ body }: Service): boolean =>
  !['command', 'entrypoint', 'user'].some(key => body.entries.has(key));

/** What gains rights when it is started: setuid programs, and files with capabilities. */
const RAISES_BY_EXEC = /\b(?:sudo|setcap|fping|fusermount|chromium|ping)\b|chmod\s+(?:[ug]*\+s|[2467]\d{3})\b/;
/** What starts as root and lowers its rights by itself. */
const LOWERS = /\b(?:su-exec|gosu|setpriv|s6-overlay|supervisord?)\b|\/init\b/;

/** The capabilities that a service needs beside none at all; undefined when that is not known. */
export function capabilitiesNeeded(service: Service, project: Project): readonly string[] | undefined {
  const row = rowOf(service);
  if (row) return startsAsMeant(service) || row.capabilities?.length === 0 ? row.capabilities : undefined;
  return runsAsOther(service, project) ? [] : undefined;
}

/** Whether a service that is built here runs as another user than root from its first moment on, and stays so. */
export function runsAsOther(service: Service, project: Project): boolean {
  const built = builtFrom(service, project);
  if (!built?.stage || raises(service, project) || LOWERS.test(textOf(built))) return false;
  const user = valueAt(service.body, 'user');
  if (user) return /^[1-9]\d*(?::\d+)?$/.test(knownText(user) ?? '');
  return lastOf(built, 'USER') !== undefined && built.stage.exit.user.isRoot === false;
}

/** Whether nothing in the image of a service can gain rights when it is started. */
export function gainsNoRights(service: Service, project: Project): boolean {
  if (rowOf(service)) return !/caddy/.test(imageOf(service)?.name ?? '');
  const built = builtFrom(service, project);
  return built?.stage?.image.isKnown === true && !raises(service, project);
}

/** Whether the Dockerfile of a service has something in it that gains rights when it is started, such as sudo. */
export function raises(service: Service, project: Project): boolean {
  const built = builtFrom(service, project);
  return built !== undefined && RAISES_BY_EXEC.test(textOf(built));
}
