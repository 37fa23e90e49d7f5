import { describe, expect, test } from 'vitest';
import { parseReference } from '../../server/src/dockerfile/index.js';
import { currentTags } from '../../server/src/images/current-tags.js';
import { describeImage, missingTag } from '../../server/src/images/index.js';
import { TAG_LISTS } from '../../server/src/images/tag-lists.js';
import { hasTag, readTag, tagsOf } from '../../server/src/images/tags.js';

const missing = (reference: string): string | undefined => {
  const found = missingTag(parseReference(reference));
  return found && `${found.isCertain ? 'certain' : 'likely'} ${found.nearest ?? '-'}`;
};

describe('a tag that does not exist', () => {
  test.each([
    // A version that never came.
    ...[
      ['golang:1.19.99', 'certain 1.19'],
      ['python:2.8', 'certain 2.7'],
      ['mongo:4.5', 'certain 4.4'],
    ],
    ...[
      ['ubuntu:22.05', 'certain 22.04'],
      ['alpine:3.18.99', 'certain 3.18'],
      ['postgres:9.7-alpine', 'certain 9.6-alpine'],
    ],
    ...[
      ['eclipse-temurin:17.0.9-jdk', 'certain 17.0.9_9-jdk'],
      ['node:v18-slim', 'likely 18-slim'],
    ],
    // A distribution that the release was never made on.
    ...[
      ['node:17-alpine3.20', 'certain 17-alpine3.15'],
      ['python:3.6-slim-bookworm', 'certain 3.6-slim-bullseye'],
    ],
    ...[
      ['httpd:alpine3.8', 'certain alpine3.24'],
      ['debian:jammy', 'likely -'],
    ],
    // A variant that the image never had.
    ...[
      ['mysql:8-alpine', 'likely 8'],
      ['redis:7-slim', 'likely 7'],
      ['debian:slim', 'likely stable-slim'],
    ],
    ...[
      ['openjdk:17-jre-slim', 'certain 17-slim'],
      ['maven:3.9-openjdk-17', 'likely 3.9-eclipse-temurin-17'],
    ],
    ...[
      ['eclipse-temurin:21-jre-slim', 'likely 21-jre'],
      ['docker.io/library/nginx:1.25-slim', 'certain 1.25'],
    ],
    // What is for Linux cannot be chosen on Windows.
    ['node:12.18.3-windowsservercore', 'certain -'],
    // The words in another order, or misspelt.
    ...[
      ['python:3.12-bookworm-slim', 'likely 3.12-slim-bookworm'],
      ['node:20-slim-bookworm', 'certain 20-bookworm-slim'],
    ],
    ...[
      ['golang:alpine-1.22', 'likely 1.22-alpine'],
      ['php:8.3-alpine-fpm', 'likely 8.3-fpm-alpine'],
    ],
    ...[
      ['python:3.13-slimm', 'likely 3.13-slim'],
      ['node:22-apline', 'likely 22-alpine'],
      ['node:22-Alpine', 'certain 22-alpine'],
    ],
    // No tag is named that the architecture does not have.
    ...[
      ['arm32v7/node:14-alpine3.99', 'certain -'],
      ['arm32v7/python:3.14-slimm', 'likely 3.14-slim'],
    ],
  ])('%s: %s', (reference, expected) => {
    expect(missing(reference)).toBe(expected);
  });

  test.each([
    // Old tags stay on Docker Hub.
    ...['python:2.7-wheezy', 'node:0.10-onbuild', 'openjdk:8-jre-alpine3.9', 'ubuntu:lucid', 'golang:1.20.0'],
    // They may have come since, or be older than the list.
    ...[
      'python:3.99',
      'golang:1.99-alpine',
      'node:22.999.1',
      'python:3.14-alpine3.99',
      'debian:14',
      'redis:1.0',
      'python:2.6',
    ],
    ...[
      'python:3.99-rc-slim',
      'debian:bookworm-20990101',
      'python:3.13.0rc9',
      'node:8u999',
      'eclipse-temurin:8u999-b01-jdk',
    ],
    // Words of somebody’s own.
    ...['php:8.3-base', 'node:12-our-app', 'php:8.3-ci', 'ubuntu:local', 'python:3.11-dev', 'node:22-slim2'],
    // Nothing is known of them.
    ...[
      'node:$TAG',
      'node:22-${VARIANT}',
      'example/node:1-slimm',
      'ghcr.io/node:9999',
      'python',
      'adminer:0',
      'nosuchimage:1',
    ],
    `node:21.99@sha256:${'0'.repeat(64)}`,
  ])('%s may exist', reference => {
    expect(missing(reference)).toBeUndefined();
  });
});

test('a smaller image is named only where it is there', () => {
  const smaller = (reference: string): readonly string[] =>
    describeImage(parseReference(reference)).slimmer.map(one => one.reference);
  expect(smaller('nginx:1.22.0')).toEqual(['nginx:1.22.0-alpine']);
  expect(smaller('debian:9.2')).toEqual([]);
  expect(smaller('python:3.12')).toContain('python:3.12-slim');
  expect(smaller('python:3.99')).toContain('python:3.99-slim');
});

test('the tags to choose are there', () => {
  for (const [image, { seen, tags }] of [
    'alpine',
    'debian',
    'golang',
    'node',
    'php',
    'postgres',
    'python',
    'ruby',
    'rust',
    'ubuntu',
    'redis',
    'nginx',
    'eclipse-temurin',
  ].map(name => [name, currentTags(parseReference(name)) ?? { seen: '', tags: [] }] as const)) {
    expect(seen).not.toBe('');
    for (const tag of tags) expect([image, tag, missing(`${image}:${tag}`)]).toEqual([image, tag, undefined]);
  }
});

test('each list can be read, and what is built now is there', () => {
  for (const image of Object.keys(TAG_LISTS)) {
    const tags = tagsOf(image);
    expect(tags?.versions.size).toBeGreaterThan(0);
    if (!tags) continue;
    for (const version of tags.live) {
      expect(tags.versions).toContain(version);
      const variants = [...tags.variants];
      expect(variants.some(variant => hasTag(tags, { version, variant }) !== false)).toBe(true);
    }
  }
});

test('a tag is a version and a variant', () => {
  expect(readTag('3.14-slim-trixie')).toEqual({ version: '3.14', variant: '-slim-trixie' });
  expect(readTag('17.0.9_9-jdk')).toEqual({ version: '17.0.9_9', variant: '-jdk' });
  expect(readTag('lts-alpine')).toEqual({ version: '', variant: 'lts-alpine' });
  expect(readTag('3.14-rc-slim')).toBeUndefined();
});
