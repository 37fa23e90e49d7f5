import type { ImageReference } from '../../dockerfile/index.js';

/** When the table was compared with https://github.com/docker-library/official-images. */
export const TAGS_DATE = '2025-10';

/** Tags of official images that say which version they are, the one to prefer first. They are offered, never applied unasked. */
const TAGS: Readonly<Record<string, readonly string[]>> = {
  alpine: ['3.22', '3.21'],
  almalinux: ['10', '9'],
  amazoncorretto: ['21', '25', '17'],
  amazonlinux: ['2023'],
  busybox: ['1.37'],
  caddy: ['2.10', '2.10-alpine'],
  composer: ['2.8', '2'],
  debian: ['trixie-slim', 'bookworm-slim', '13', '12'],
  docker: ['28-cli', '28-dind'],
  'eclipse-temurin': ['21-jre', '21-jdk', '25-jre', '25-jdk'],
  elixir: ['1.18', '1.18-slim', '1.18-alpine'],
  fedora: ['42', '41'],
  gcc: ['15', '14'],
  golang: ['1.25', '1.25-alpine', '1.24'],
  gradle: ['9-jdk21', '8-jdk21'],
  haproxy: ['3.2', '3.2-alpine'],
  httpd: ['2.4', '2.4-alpine'],
  mariadb: ['11.8', '10.11'],
  maven: ['3.9-eclipse-temurin-21', '3.9'],
  memcached: ['1.6', '1.6-alpine'],
  mongo: ['8.0', '7.0'],
  mysql: ['8.4'],
  nginx: ['1.28', '1.28-alpine', '1.29'],
  node: ['24-slim', '24-alpine', '24', '22-slim'],
  perl: ['5.42', '5.42-slim'],
  php: ['8.4-cli', '8.4-fpm', '8.4-apache'],
  postgres: ['18', '17', '17-alpine'],
  python: ['3.13-slim', '3.13-alpine', '3.13', '3.12-slim'],
  rabbitmq: ['4.1', '4.1-management'],
  redis: ['8.2', '8.2-alpine'],
  rockylinux: ['9'],
  ruby: ['3.4-slim', '3.4-alpine', '3.4'],
  rust: ['1.90-slim', '1.90-alpine', '1.90'],
  tomcat: ['11.0', '10.1'],
  traefik: ['v3.5'],
  ubuntu: ['24.04', '22.04'],
};

/** Tags to choose from for an official image without a version; empty for images that are not in the table. */
export function currentTags(reference: ImageReference): readonly string[] {
  if (reference.registry !== undefined && reference.registry !== 'docker.io') return [];
  const name = reference.path.replace(/^library\//, '');
  return TAGS[name] ?? [];
}

/** Images that are published under moving tags only; a digest is the one way to pin them. */
export function hasVersionTags(reference: ImageReference): boolean {
  const { registry, path } = reference;
  return !(
    registry === 'cgr.dev' ||
    path.startsWith('chainguard/') ||
    (registry === 'gcr.io' && path.startsWith('distroless/'))
  );
}
