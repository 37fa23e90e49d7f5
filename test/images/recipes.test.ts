import { describe, expect, test } from 'vitest';
import { parseReference } from '../../server/src/dockerfile/index.js';
import { describeImage, healthProbe, shellFacts, userRecipe } from '../../server/src/images/index.js';

const image = (text: string) => describeImage(parseReference(text));
const none = (): boolean => false;

describe('userRecipe', () => {
  test.each<[string, string, RegExp | undefined]>([
    ['alpine:3.22', '10001:10001', /^addgroup .* && adduser -D/],
    ['python:3-alpine', '10001:10001', /^addgroup/],
    ['debian:13', '10001:10001', /^groupadd .* && useradd --no-log-init/],
    ['python:3-slim', '10001:10001', /^groupadd/],
    ['registry.access.redhat.com/ubi9/ubi', '10001:10001', /^groupadd/],
    ['registry.access.redhat.com/ubi9/ubi-minimal', '10001:0', undefined],
    ['gcr.io/distroless/static', '65532:65532', undefined],
    ['scratch', '65532:65532', undefined],
    ['node:22', 'node', undefined],
    ['mcr.microsoft.com/dotnet/aspnet:8.0', '$APP_UID', undefined],
    ['cgr.dev/chainguard/wolfi-base', '10001:10001', /^addgroup/],
    ['mcr.microsoft.com/windows/servercore:ltsc2022', 'ContainerUser', undefined],
    // Who builds it may have made it run as somebody already: then useradd would fail, a number never does.
    ['ghcr.io/acme/app:1-alpine', '10001:10001', undefined],
    ['acme/app', '10001:10001', undefined],
  ])('%s', (text, user, run) => {
    const recipe = userRecipe(image(text));
    expect(recipe?.user).toBe(user);
    if (run) expect(recipe?.run?.join(' && ')).toMatch(run);
    else expect(recipe?.run).toBeUndefined();
  });

  test.each([
    'gcr.io/distroless/static:nonroot',
    'cgr.dev/chainguard/python',
    'bitnami/redis',
    'postgres:17',
    'nginx:1',
    'mcr.microsoft.com/windows/nanoserver:ltsc2022',
    'stefanscherer/node-windows:10',
    'mcr.microsoft.com/dotnet/aspnet:8.0-jammy-chiseled',
  ])('nothing to do for %s', text => {
    expect(userRecipe(image(text))).toBeUndefined();
  });
});

describe('healthProbe', () => {
  test.each<[string, string | undefined]>([
    ['python:3-slim', 'python'],
    ['node:22-alpine', 'node'],
    ['ruby:3-slim', 'ruby'],
    ['php:8-fpm', 'php'],
    ['alpine:3.22', 'nc'],
    ['debian:12', 'bash'],
    ['eclipse-temurin:21-jre', 'bash'],
    ['postgres:17', 'pg_isready'],
    ['scratch', undefined],
    ['gcr.io/distroless/python3', undefined],
    ['acme/app', undefined],
    ['mcr.microsoft.com/windows/nanoserver:ltsc2022', undefined],
  ])('%s', (text, command) => {
    expect(healthProbe(image(text), 8080, none)?.[0]).toBe(command);
  });

  test('what the file installs counts', () => {
    expect(healthProbe(image('acme/app'), 80, name => name === 'curl')?.[0]).toBe('curl');
  });

  test('a port has to be one', () => {
    expect(healthProbe(image('node:22'), 0, none)).toBeUndefined();
    expect(healthProbe(image('node:22'), 70_000, none)).toBeUndefined();
    expect(healthProbe(image('node:22'), Number.NaN, none)).toBeUndefined();
  });
});

test('shellFacts', () => {
  expect(shellFacts(image('debian:12'))).toEqual({ pipefail: false, pipefailShell: '/bin/bash' });
  expect(shellFacts(image('alpine'))).toEqual({ pipefail: true, pipefailShell: '/bin/ash' });
  expect(shellFacts(image('fedora'))).toEqual({ pipefail: true, pipefailShell: '/bin/bash' });
  expect(shellFacts(image('acme/app'))).toEqual({ pipefail: undefined, pipefailShell: undefined });
  expect(shellFacts(image('scratch'))).toEqual({ pipefail: undefined, pipefailShell: undefined });
});
