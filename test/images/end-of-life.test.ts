import { describe, expect, test } from 'vitest';
import { parseReference } from '../../server/src/dockerfile/index.js';
import { describeImage } from '../../server/src/images/index.js';
import { MADE_ON, RELEASE_DATES } from '../../server/src/images/release-dates.js';

const says = (reference: string): string | undefined => describeImage(parseReference(reference)).endOfLife?.message;

describe('what has reached its end', () => {
  test.each([
    ['node:20.11-alpine', 'Node.js 20 reached end of life on 2026-04-30. Upgrade to node:26-alpine'],
    ['python:2', 'Python 2 reached end of life on 2020-01-01. Upgrade to python:'],
    ['debian:bullseye-slim', 'Debian 11 reached end of life on 2026-08-31. Upgrade to debian:13-slim'],
    ['ubuntu:focal-20240101', 'Ubuntu 20.04 reached end of life on 2025-05-31. Upgrade to a supported release'],
    ['golang:1.9', 'Go 1.9 reached end of life long ago. Upgrade to golang:'],
    ['mysql:9.3.0', 'MySQL 9.3 reached end of life on 2025-07-22. Upgrade to mysql:'],
    [
      'mcr.microsoft.com/dotnet/sdk:6.0',
      '.NET 6 reached end of life on 2024-11-12. Upgrade to mcr.microsoft.com/dotnet/sdk:',
    ],
    ['rabbitmq:3-management', 'RabbitMQ 3 reached end of life on 2024-09-17. Upgrade to rabbitmq:4.3-management'],
    [
      'python:3.13-bullseye',
      'Debian 11 in this image reached end of life on 2026-08-31. Upgrade to python:3.13-trixie',
    ],
    [
      'node:24-alpine3.18',
      'Alpine 3.18 in this image reached end of life on 2025-05-09. Upgrade to node:24-alpine3.24',
    ],
    ['gcr.io/distroless/base-debian11:nonroot', 'Debian 11 in this image reached end of life'],
    ['nvidia/cuda:12.4.1-runtime-ubuntu20.04', 'Ubuntu 20.04 in this image reached end of life'],
    // No tag is named that is not there: in another architecture, of another variant, of a distribution that has ended too.
    ['i386/alpine:3.9', '. Upgrade to i386/alpine:3.24'],
    ['arm32v7/node:14-alpine', '. Upgrade to a supported release that has such a tag; the newest is Node.js 26'],
    ['elasticsearch:7.1.0', '. Upgrade to a supported release; the newest is Elasticsearch '],
    ['golang:1.20-windowsservercore-1809', '. Upgrade to a supported release that has such a tag; the newest is Go '],
    ['php:7.2-apache-buster', '. Upgrade to php:8.5-apache-trixie'],
    ['node:24.1.0-alpine3.18', '. Choose a tag with a supported Alpine release'],
    ['mongo-express:1.0', 'The mongo-express image has had no updates since 2025-06-04. Use another image'],
    ['bitnami/redis:7.2', 'Bitnami took its images with versions away'],
    ['k8s.gcr.io/pause:3.9', 'The registry k8s.gcr.io has had nothing new'],
    ['maven:3.6-jdk-8', 'The OpenJDK image under this tag gets no updates'],
    ['jenkins:2.60.3', 'The jenkins image has had no updates since 2018-08-13'],
    ['microsoft/dotnet:2.2-sdk', 'Microsoft’s images have moved'],
  ])('%s', (reference, beginning) => {
    expect(says(reference)).toContain(beginning);
  });

  test.each([
    ...['node', 'node:lts', 'golang:1', 'redis:7', 'mysql:8', 'postgres:17', 'alpine:20260805', 'python:3', 'perl:5'],
    ...['mariadb:10', 'fluentd:v1.19-debian-1', 'groovy:4-jdk21', 'gradle:9-alpine', 'bitnami/redis:latest'],
    ...['eclipse-temurin:21-jre', 'debian:$TAG', 'example/node:12', 'quay.io/centos/centos:stream9', 'haproxy:3.2'],
  ])('%s has not, or nobody can tell', reference => {
    expect(says(reference)).toBeUndefined();
  });
});

test('a release is either live or ended, and what has ended did so before the table was made', () => {
  for (const { live, ended, newest } of Object.values(RELEASE_DATES)) {
    const releases = live.split(' ');
    expect(releases).toContain(newest);
    for (const [release, day] of ended.split(' ').map(pair => pair.split(':'))) {
      expect(releases).not.toContain(release);
      expect(day && day < MADE_ON).toBe(true);
    }
  }
});
