import { describe, expect, test } from 'vitest';
import { parseReference } from '../../server/src/dockerfile/index.js';
import { describeImage, type Family, type ImageInfo } from '../../server/src/images/index.js';

const image = (text: string, escape?: string): ImageInfo =>
  describeImage(parseReference(text), escape === undefined ? {} : { escape });

describe('family, package manager and shell', () => {
  test.each<[string, Family, string | undefined, string]>([
    ['scratch', 'scratch', undefined, 'none'],
    ['alpine', 'alpine', 'apk', 'ash'],
    ['arm32v7/alpine:3', 'alpine', 'apk', 'ash'],
    ['easypi/alpine-arm', 'alpine', 'apk', 'ash'],
    ['nginx:1-alpine-slim', 'alpine', 'apk', 'ash'],
    ['python:3-slim', 'debian', 'apt-get', 'dash'],
    ['docker.io/library/python:3.12', 'debian', 'apt-get', 'dash'],
    ['public.ecr.aws/docker/library/node:22-slim', 'debian', 'apt-get', 'dash'],
    ['node:22-bookworm-slim', 'debian', 'apt-get', 'dash'],
    ['node:22', 'debian', 'apt-get', 'dash'],
    ['node@sha256:0000000000000000000000000000000000000000000000000000000000000000', 'unknown', undefined, 'unknown'],
    ['NODE:22-Alpine', 'alpine', 'apk', 'ash'],
    ['busybox:1.36', 'busybox', undefined, 'ash'],
    ['mcr.microsoft.com/dotnet/aspnet:8.0', 'debian', 'apt-get', 'dash'],
    ['mcr.microsoft.com/dotnet/aspnet:10.0', 'ubuntu', 'apt-get', 'dash'],
    ['mcr.microsoft.com/dotnet/aspnet:8.0-alpine', 'alpine', 'apk', 'ash'],
    ['mcr.microsoft.com/dotnet/aspnet:8.0-jammy-chiseled', 'distroless', undefined, 'none'],
    ['mcr.microsoft.com/dotnet/aspnet:9.0-azurelinux3.0', 'rhel-minimal', 'tdnf', 'bash'],
    ['mcr.microsoft.com/dotnet/framework/sdk:4.8', 'windows', undefined, 'cmd'],
    ['mcr.microsoft.com/dotnet/sdk:8.0-nanoserver-ltsc2022', 'windows', undefined, 'cmd'],
    ['mcr.microsoft.com/windows/servercore:$TAG', 'windows', undefined, 'cmd'],
    ['golang:1.22-windowsservercore-ltsc2022', 'windows', undefined, 'powershell'],
    ['stefanscherer/node-windows:10', 'windows', undefined, 'cmd'],
    ['registry.access.redhat.com/ubi9/ubi-minimal', 'rhel-minimal', 'microdnf', 'bash'],
    ['registry.access.redhat.com/ubi8-minimal:8.10', 'rhel-minimal', 'microdnf', 'bash'],
    ['registry.access.redhat.com/ubi9/ubi-micro', 'rhel-minimal', undefined, 'bash'],
    ['registry.access.redhat.com/ubi9/ubi:9.4', 'rhel', 'dnf', 'bash'],
    ['registry.access.redhat.com/ubi9', 'rhel', 'dnf', 'bash'],
    ['registry.access.redhat.com/ubi9/python-312', 'rhel', 'dnf', 'bash'],
    ['registry.access.redhat.com/ubi9/nodejs-22-minimal', 'rhel-minimal', 'microdnf', 'bash'],
    ['redhat/ubi9', 'rhel', 'dnf', 'bash'],
    ['centos:7', 'rhel', 'yum', 'bash'],
    ['centos:8', 'rhel', 'dnf', 'bash'],
    ['quay.io/centos/centos:stream9', 'rhel', 'dnf', 'bash'],
    ['fedora:latest', 'rhel', 'dnf', 'bash'],
    ['oraclelinux:9-slim', 'rhel-minimal', 'microdnf', 'bash'],
    ['oraclelinux:9', 'rhel', 'dnf', 'bash'],
    ['amazonlinux:2', 'rhel-minimal', 'yum', 'bash'],
    ['amazonlinux:2023', 'rhel-minimal', 'dnf', 'bash'],
    ['amazoncorretto:17', 'rhel-minimal', 'yum', 'bash'],
    ['rockylinux/rockylinux:9-minimal', 'rhel-minimal', 'microdnf', 'bash'],
    ['mysql:8.4', 'rhel-minimal', 'microdnf', 'bash'],
    ['opensuse/leap:15.6', 'suse', 'zypper', 'bash'],
    ['eclipse-temurin:21-jre', 'ubuntu', 'apt-get', 'dash'],
    ['eclipse-temurin:21-jre-alpine', 'alpine', 'apk', 'ash'],
    ['eclipse-temurin:21-jre-ubi9-minimal', 'rhel-minimal', 'microdnf', 'bash'],
    ['maven:3-amazoncorretto-21', 'unknown', undefined, 'unknown'],
    ['maven:3-eclipse-temurin-21', 'ubuntu', 'apt-get', 'dash'],
    ['openjdk:8-jre', 'debian', 'apt-get', 'dash'],
    ['openjdk:17', 'rhel-minimal', 'microdnf', 'bash'],
    ['bitnami/redis:7.2', 'debian', 'apt-get', 'dash'],
    ['nvidia/cuda:12.4.1-base-ubuntu22.04', 'ubuntu', 'apt-get', 'dash'],
    ['gcr.io/distroless/static-debian12:nonroot', 'distroless', undefined, 'none'],
    ['gcr.io/distroless/base:debug', 'distroless', undefined, 'none'],
    ['acme/distroless-tools', 'distroless', undefined, 'unknown'],
    ['cgr.dev/chainguard/python', 'chainguard', undefined, 'none'],
    ['cgr.dev/chainguard/python:latest-dev', 'chainguard', 'apk', 'ash'],
    ['cgr.dev/chainguard/wolfi-base', 'chainguard', 'apk', 'ash'],
    ['python:${V}-alpine', 'alpine', 'apk', 'ash'],
    ['golang:${GO_VERSION}-alpine${ALPINE_VERSION}', 'alpine', 'apk', 'ash'],
    ['golang:${GO_VERSION}-${DEBIAN_VERSION}', 'unknown', undefined, 'unknown'],
    ['node:${V}', 'unknown', undefined, 'unknown'],
    ['node:${V:-22-alpine}', 'unknown', undefined, 'unknown'],
    ['nginx:${V}-slim', 'unknown', undefined, 'unknown'],
    ['python:${V}-slim', 'debian', 'apt-get', 'dash'],
    ['debian:${DEBIAN_VERSION}', 'debian', 'apt-get', 'dash'],
    ['$BASE', 'unknown', undefined, 'unknown'],
    ['${REGISTRY}/alpine:3', 'alpine', 'apk', 'ash'],
    ['ghcr.io/acme/node:22', 'unknown', undefined, 'unknown'],
    ['ghcr.io/acme/api:1.0-slim', 'unknown', undefined, 'unknown'],
    ['ghcr.io/acme/residence:1.0', 'unknown', undefined, 'unknown'],
    ['ghcr.io/acme/api:1.0-ubiquity', 'unknown', undefined, 'unknown'],
  ])('%s is %s', (text, family, packageManager, shell) => {
    const found = image(text);
    expect({ family: found.family, packageManager: found.packageManager, shell: found.shell }).toEqual({
      family,
      packageManager,
      shell,
    });
  });

  test('an unknown image under the escape character ` is taken for Windows', () => {
    expect(image('acme/app', '`').shell).toBe('cmd');
    expect(image('debian:12', '`').shell).toBe('dash');
    expect(image('acme/app').shell).toBe('unknown');
  });

  test('the same text gives the same object', () => {
    expect(image('python:3')).toBe(image('python:3'));
    expect(image('acme/a')).toBe(image('acme/b'));
  });
});

describe('users', () => {
  test.each<[string, string | undefined, string | undefined]>([
    ['debian:12', 'root', undefined],
    ['ghcr.io/acme/debian:12', undefined, undefined],
    ['ghcr.io/acme/app:1-alpine', undefined, undefined],
    ['node:22', 'root', 'node'],
    ['node:${V}', 'root', 'node'],
    ['gradle:8', 'root', 'gradle'],
    ['php:8-apache', 'root', 'www-data'],
    ['gcr.io/distroless/static-debian12:nonroot', 'nonroot', undefined],
    ['gcr.io/distroless/static-debian12:debug-nonroot', 'nonroot', undefined],
    ['gcr.io/distroless/static-debian12', 'root', undefined],
    ['gcr.io/distroless/static-debian12:$TAG', undefined, undefined],
    ['cgr.dev/chainguard/python', 'nonroot', undefined],
    ['cgr.dev/chainguard/wolfi-base', 'root', undefined],
    ['mcr.microsoft.com/dotnet/aspnet:8.0', 'root', '$APP_UID'],
    ['mcr.microsoft.com/dotnet/aspnet:6.0', 'root', undefined],
    ['mcr.microsoft.com/dotnet/aspnet:8.0-jammy-chiseled', 'app', '$APP_UID'],
    ['mcr.microsoft.com/dotnet/sdk:8.0-nanoserver-ltsc2022', 'ContainerUser', undefined],
    ['mcr.microsoft.com/windows/nanoserver:ltsc2022', 'ContainerUser', undefined],
    ['mcr.microsoft.com/windows/servercore:ltsc2022', 'ContainerAdministrator', undefined],
    ['bitnami/redis:7.2', '1001', undefined],
    ['bitnami/minideb', 'root', undefined],
    ['registry.access.redhat.com/ubi9/ubi-minimal', 'root', undefined],
    ['registry.access.redhat.com/ubi9/python-312', undefined, undefined],
    ['haproxy:2.0', 'root', undefined],
    ['haproxy:3.0', 'haproxy', undefined],
    ['jenkins/jenkins:lts', 'jenkins', undefined],
  ])('%s starts as %s', (text, user, ships) => {
    expect(image(text).defaultUser?.name).toBe(user);
    expect(image(text).shippedUser?.preferName).toBe(ships);
  });

  test('entrypoints that need root', () => {
    expect(image('postgres:17').rootEntrypoint).toBe(true);
    expect(image('nginx:1').rootAdvice).toContain('nginxinc/nginx-unprivileged');
    expect(image('python:3').rootEntrypoint).toBe(false);
    expect(image('php:8-apache').rootEntrypoint).toBe(false);
  });
});

describe('commands', () => {
  test.each<[string, string, boolean | undefined]>([
    ['alpine:3.22', 'groupadd', false],
    ['alpine:3.22', 'bash', false],
    ['alpine:3.22', 'wget', true],
    ['alpine:3.22', 'frobnicate', undefined],
    ['node:22-alpine', 'useradd', false],
    ['ghcr.io/acme/app:1-alpine', 'bash', undefined],
    ['postgres:17-alpine', 'bash', true],
    ['maven:3-eclipse-temurin-21-alpine', 'bash', undefined],
    ['nginx:alpine', 'curl', undefined],
    ['debian:12-slim', 'curl', false],
    ['debian:12', 'adduser', undefined],
    ['debian:13', 'adduser', false],
    ['debian:trixie-slim', 'adduser', false],
    ['python:3-slim', 'adduser', false],
    ['python:3.12.4-slim', 'adduser', undefined],
    ['python:3-slim', 'git', false],
    ['python:3', 'git', true],
    ['python:3-bookworm', 'gcc', true],
    ['python:${V}', 'git', undefined],
    ['python:3-slim', 'python', true],
    ['node:22-slim', 'python3', false],
    ['node:22', 'python3', undefined],
    ['ubuntu:24.04', 'sudo', false],
    ['golang:1.25', 'git', true],
    ['golang:1.25-alpine', 'git', false],
    ['rust:1-slim', 'gcc', true],
    ['registry.access.redhat.com/ubi9/ubi-minimal', 'useradd', false],
    ['registry.access.redhat.com/ubi9/ubi', 'useradd', true],
    ['gcr.io/distroless/static', 'sh', false],
    ['gcr.io/distroless/static:debug', 'sh', undefined],
    ['gcr.io/distroless/python3-debian12', 'python3', true],
    ['scratch', 'ls', false],
    ['scratch', '/app/run', undefined],
    ['acme/app', 'bash', undefined],
  ])('%s and %s: %s', (text, command, expected) => {
    const found = image(text);
    expect(found.hasCommand(command)).toBe(expected);
    expect(found.lacksCommand(command)).toBe(expected === false);
  });
});

describe('the rest', () => {
  test('runtimes and development kits', () => {
    expect(image('golang:1.25')).toMatchObject({ runtime: 'go', isSdk: true });
    expect(image('eclipse-temurin:21-jre')).toMatchObject({ runtime: 'java', isSdk: false });
    expect(image('eclipse-temurin:21')).toMatchObject({ runtime: 'java', isSdk: true });
    expect(image('eclipse-temurin:$V').isSdk).toBe(false);
    expect(image('public.ecr.aws/lambda/python:3.12').isFaas).toBe(true);
  });

  test('environment', () => {
    expect(image('golang:1.25').env.has('GOPATH')).toBe(true);
    expect(image('$X').env.size).toBe(0);
    expect(image('alpine').env.has('PATH')).toBe(true);
  });

  test.each<[string, boolean]>([
    ['debian:buster-slim', true],
    ['debian:10', true],
    ['debian:12', false],
    ['alpine:3.9', true],
    ['alpine:3.22', false],
    ['alpine:3', false],
    ['alpine:edge', false],
    ['centos', true],
    ['centos:stream9', true],
    ['quay.io/centos/centos:7', false],
    ['python:2.7-slim', true],
    ['python:3.8', true],
    ['python:3.13', false],
    ['python:3', false],
    ['node:18-alpine', true],
    ['node:22', false],
    ['ubuntu:18.04', true],
    ['ubuntu:$V', false],
    ['golang:1.21-alpine', true],
    ['golang:1', false],
    ['buildpack-deps:buster-scm', true],
    ['node:22-bullseye-slim', true],
    ['node:22-bookworm-slim', false],
    ['python:3.13-alpine3.19', true],
    ['python:3.13-alpine3.22', false],
    ['ghcr.io/acme/node:22-buster', false],
    ['mcr.microsoft.com/windows/nanoserver:1803', true],
    ['mcr.microsoft.com/windows/servercore:ltsc2019', false],
    ['mcr.microsoft.com/windows/servercore:1809', false],
    ['postgres:12', true],
    ['postgres:17', false],
    ['fedora:39', true],
    ['mcr.microsoft.com/dotnet/sdk:6.0-alpine', true],
    ['mcr.microsoft.com/dotnet/core/aspnet:3.1', true],
    ['mcr.microsoft.com/dotnet/sdk:10.0', false],
    ['ghcr.io/acme/golang:1.2', false],
    ['ubuntu:25.10', true],
    ['ubuntu:26.04', false],
    ['alpine:3.21.3', true],
    ['python:3.10-slim', true],
    ['python:3.11', false],
    ['python:3.13-bullseye', true],
    ['python:3.13-slim-bookworm', false],
    ['node:25', true],
    ['node:24-alpine3.20', true],
    ['node:24-alpine3.22', false],
    ['golang:1.25-alpine', true],
    ['golang:1.26', false],
    ['postgres:14-alpine', true],
    ['postgres:15', false],
    ['mysql:8.0', true],
    ['mysql:8.4', false],
    ['mysql:8', false],
    ['mariadb:10.6', true],
    ['mariadb:10.11', false],
    ['mongo:6.0', true],
    ['mongo:7', false],
    ['fedora:42', true],
    ['fedora:43', false],
    ['amazonlinux:2', true],
    ['amazonlinux:2023', false],
    ['mcr.microsoft.com/dotnet/aspnet:8.0-alpine', true],
    ['mcr.microsoft.com/dotnet/framework/sdk:4.8', false],
    ['opensuse/leap:15.6', true],
    ['opensuse/leap:16.0', false],
    ['opensuse/tumbleweed', false],
  ])('%s has reached its end: %s', (text, expected) => {
    expect(image(text).endOfLife !== undefined).toBe(expected);
  });

  test.each<[string, readonly string[]]>([
    ['python:3.12-bookworm', ['python:3.12-slim-bookworm', 'python:3.12-alpine']],
    ['python:3.12-slim', ['python:3.12-alpine']],
    ['node:22', ['node:22-slim', 'node:22-alpine']],
    ['node:22-bookworm', ['node:22-bookworm-slim', 'node:22-alpine']],
    ['node', ['node:slim', 'node:alpine']],
    ['node:22@sha256:00', ['node:22-slim', 'node:22-alpine']],
    ['node@sha256:00', []],
    ['node:$V', []],
    ['ghcr.io/acme/node:22', []],
    ['docker.io/library/debian:bookworm', ['docker.io/library/debian:bookworm-slim']],
    ['debian:bookworm-slim', []],
    ['nginx:1.27', ['nginx:1.27-alpine', 'nginx:1.27-alpine-slim']],
    ['nginx:1.27-alpine', ['nginx:1.27-alpine-slim']],
    ['eclipse-temurin:21-jdk', ['eclipse-temurin:21-jre', 'eclipse-temurin:21-jre-alpine']],
    [
      'mcr.microsoft.com/dotnet/aspnet:8.0',
      ['mcr.microsoft.com/dotnet/aspnet:8.0-jammy-chiseled', 'mcr.microsoft.com/dotnet/aspnet:8.0-alpine'],
    ],
    ['registry.access.redhat.com/ubi9/ubi:9.4', ['registry.access.redhat.com/ubi9/ubi-minimal:9.4']],
    ['registry.access.redhat.com/ubi9/ubi-minimal', []],
    ['alpine:3.22', []],
  ])('smaller than %s', (text, expected) => {
    expect(image(text).slimmer.map(one => one.reference)).toEqual(expected);
  });

  test('odd references do not throw', () => {
    for (const text of ['', ':', '@', '${', '$', 'a:${x', '/', 'UPPER/Case:Tag', 'a/b/c/d/e:f', '\u0000'])
      expect(() => image(text)).not.toThrow();
  });
});
