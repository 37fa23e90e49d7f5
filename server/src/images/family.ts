import type { ImageReference } from '../dockerfile/index.js';
import type { Family } from './types.js';

/** Rows are tried in order; the first that fits decides (docker-library, vendors' documentation). */
interface Row {
  readonly family: Family;
  /** Against `registry/path`, lower case. */
  readonly name?: RegExp;
  /** Against the tag, lower case. */
  readonly tag?: RegExp;
}

const ROWS = [
  { family: 'scratch', name: /^scratch$/ },
  { family: 'windows', name: /(?:^|\/)windows\/|nanoserver|servercore|windowsservercore/ },
  { family: 'windows', tag: /nanoserver|windowsservercore|ltsc20\d\d|windows/ },
  // .NET's chiseled images have neither shell nor package manager (dotnet-docker, ubuntu-chiseled.md).
  { family: 'distroless', tag: /chiseled|distroless/ },
  { family: 'distroless', name: /(?:^|\/)distroless\/|distroless|(?:^|\/)ubi\d*-micro$|(?:^|\/)ubi-micro$/ },
  { family: 'chainguard', name: /^cgr\.dev\/|^chainguard\/|wolfi-base$/ },
  { family: 'busybox', name: /(?:^|\/)busybox$/ },
  { family: 'busybox', tag: /(?:^|[-.])busybox/ },
  // `nginx:1-alpine-slim` is Alpine: before every test for slim.
  { family: 'alpine', name: /(?:^|\/)alpine$|^(?:docker\.io\/)?(?:library\/)?docker$|(?:^|\/)alpine-/ },
  { family: 'alpine', tag: /alpine/ },
  {
    family: 'rhel-minimal',
    name: /ubi\d*-minimal|ubi\d*\/ubi-minimal|-minimal$|(?:^|\/)amazonlinux$|azurelinux|mariner|(?:^|\/)photon$/,
  },
  { family: 'rhel-minimal', name: /(?:^|\/)oraclelinux$/, tag: /slim/ },
  { family: 'rhel-minimal', tag: /azurelinux|mariner|(?:^|-)al2|amazonlinux/ },
  {
    family: 'rhel',
    name: /(?:^|\/)(?:ubi\d*|rhel\d*|fedora|centos|rockylinux|almalinux|oraclelinux|rocky|alma)(?:$|[-/])|(?:^|\/)ubi\d+\//,
  },
  { family: 'rhel', tag: /(?:^|[-.])ubi\d|(?:^|[-.])ol\d|oraclelinux/ },
  { family: 'suse', name: /opensuse\/|(?:^|\/)bci\/|(?:^|\/)suse\/|(?:^|\/)opensuse/ },
  { family: 'ubuntu', name: /(?:^|\/)ubuntu$/ },
  { family: 'ubuntu', tag: /jammy|noble|resolute|focal|bionic|xenial|ubuntu|(?:^|-)2[0246]\.04/ },
  { family: 'debian', name: /(?:^|\/)debian$|^bitnami\/|(?:^|\/)minideb$|(?:^|\/)buildpack-deps$/ },
  { family: 'debian', tag: /slim|bookworm|trixie|bullseye|buster|stretch|(?:^|-)sid(?:$|-)|forky/ },
] as const satisfies readonly Row[];

/** What official images without a distribution in their tag are built on (docker-library/official-images, 2026). */
const OFFICIAL: Readonly<Record<string, Family>> = {
  python: 'debian',
  node: 'debian',
  ruby: 'debian',
  golang: 'debian',
  rust: 'debian',
  php: 'debian',
  perl: 'debian',
  postgres: 'debian',
  redis: 'debian',
  valkey: 'debian',
  nginx: 'debian',
  httpd: 'debian',
  gcc: 'debian',
  mariadb: 'ubuntu',
  mongo: 'ubuntu',
  mysql: 'rhel-minimal',
  openjdk: 'rhel',
  maven: 'ubuntu',
  gradle: 'ubuntu',
  tomcat: 'ubuntu',
  'eclipse-temurin': 'ubuntu',
  rabbitmq: 'ubuntu',
  wordpress: 'debian',
  nextcloud: 'debian',
  drupal: 'debian',
  joomla: 'debian',
  ghost: 'debian',
  memcached: 'debian',
  haproxy: 'debian',
  elixir: 'debian',
  erlang: 'debian',
  haskell: 'debian',
  julia: 'debian',
  swift: 'ubuntu',
  pypy: 'debian',
  jruby: 'ubuntu',
  clojure: 'debian',
  cassandra: 'ubuntu',
  solr: 'ubuntu',
  neo4j: 'debian',
  influxdb: 'debian',
  telegraf: 'debian',
  amazoncorretto: 'rhel-minimal',
  sapmachine: 'ubuntu',
  dart: 'debian',
  jenkins: 'debian',
  'r-base': 'debian',
  mono: 'debian',
  couchdb: 'debian',
  kong: 'ubuntu',
  logstash: 'rhel-minimal',
  elasticsearch: 'rhel-minimal',
  kibana: 'rhel-minimal',
  caddy: 'alpine',
  traefik: 'alpine',
  composer: 'alpine',
  registry: 'alpine',
  consul: 'alpine',
  vault: 'alpine',
  'eclipse-mosquitto': 'alpine',
  hylang: 'debian',
  odoo: 'ubuntu',
  redmine: 'debian',
  varnish: 'debian',
  zookeeper: 'ubuntu',
  flink: 'ubuntu',
  storm: 'ubuntu',
  spark: 'ubuntu',
  bash: 'alpine',
};

/** The path without Docker Hub's `library/` when the image is an official one, else undefined. */
export function officialName(reference: ImageReference): string | undefined {
  if (
    reference.registry !== undefined &&
    !/^(?:docker\.io|index\.docker\.io|registry-1\.docker\.io|public\.ecr\.aws)$/.test(reference.registry)
  )
    return undefined;
  const path = reference.path.replace(/^docker\/library\//, '').replace(/^library\//, '');
  return path.includes('/') || path.includes('$') ? undefined : path;
}

/** Variables in a reference may stand for anything: only its literal parts can decide, and only where they cannot mislead. */
const literal = (text: string): string => text.replace(/\$\{[^}]*\}|\$\w+/g, '\u0000');

export function familyOf(reference: ImageReference, escapeCharacter: string | undefined): Family {
  const full = literal((reference.registry ? `${reference.registry}/` : '') + reference.path).toLowerCase();
  const tag = literal(reference.tag ?? '').toLowerCase();
  for (const row of ROWS as readonly Row[]) {
    if (row.name && !row.name.test(full)) continue;
    if (row.tag && !row.tag.test(tag)) continue;
    return row.family;
  }
  if (full.startsWith('mcr.microsoft.com/dotnet/')) {
    const major = /^(\d+)/.exec(tag)?.[1];
    if (major === undefined) return 'unknown';
    return Number(major) >= 10 ? 'ubuntu' : 'debian';
  }
  if (escapeCharacter === '`' && full.includes('\u0000')) return 'unknown';
  // The tag may name another distribution, so an official image with a variable in its tag is not known.
  const name = officialName(reference);
  if (name !== undefined && !tag.includes('\u0000') && !full.includes('\u0000'))
    return OFFICIAL[name.toLowerCase()] ?? 'unknown';
  return 'unknown';
}
