import type { ImageReference } from '../dockerfile/index.js';

interface Row {
  /** When the tags were seen in use, in public Dockerfiles or in docker-library/official-images. */
  readonly seen: string;
  /** Tags that say which version they are, the one to prefer first. */
  readonly tags: readonly string[];
}

/** Choices to offer for official images, never applied unasked. Newer ones may exist; these do. */
const TAGS: Readonly<Record<string, Row>> = {
  alpine: { seen: '2026-11', tags: ['3.24', '3.23', '3.22'] },
  debian: { seen: '2026-07', tags: ['trixie-slim', 'bookworm-slim', '13', '12'] },
  'eclipse-temurin': { seen: '2026-11', tags: ['25-jre', '25-jdk', '21-jre', '21-jdk'] },
  golang: { seen: '2026-11', tags: ['1.27', '1.27-alpine', '1.26'] },
  nginx: { seen: '2026-11', tags: ['1.30-alpine', '1.30'] },
  node: { seen: '2026-11', tags: ['24-slim', '26-slim', '24-alpine', '24', '22-slim'] },
  php: { seen: '2026-11', tags: ['8.5-fpm', '8.5-cli', '8.5-apache', '8.4-fpm'] },
  postgres: { seen: '2026-07', tags: ['18', '17'] },
  python: { seen: '2026-07', tags: ['3.14-slim', '3.13-slim', '3.14-alpine', '3.14'] },
  redis: { seen: '2026-11', tags: ['8-alpine', '8'] },
  ruby: { seen: '2026-11', tags: ['4.0-slim', '4.0-alpine', '4.0', '3.4-slim'] },
  rust: { seen: '2026-11', tags: ['1.98-slim-trixie', '1.98-slim-bookworm'] },
  ubuntu: { seen: '2026-07', tags: ['24.04', '26.04', '22.04'] },
};

/** Tags to choose from for an official image without a version; undefined for images that are not in the table. */
export function currentTags(reference: ImageReference): Row | undefined {
  if (reference.registry !== undefined && reference.registry !== 'docker.io') return undefined;
  return TAGS[reference.path.replace(/^library\//, '')];
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
