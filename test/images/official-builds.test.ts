import { describe, expect, test } from 'vitest';
import { parseReference } from '../../server/src/dockerfile/index.js';
import { describeImage } from '../../server/src/images/index.js';
import { OFFICIAL_BUILDS, type OfficialBuild } from './official-builds.js';

const builds: readonly (readonly [reference: string, build: OfficialBuild])[] = Object.entries(OFFICIAL_BUILDS).flatMap(
  ([image, all]) => all.map(build => [`${image}:${build.tag}`, build] as const),
);

/** What the tables call those that it is built on. */
const FAMILIES: readonly (readonly [on: RegExp, families: readonly string[]])[] = [
  [/^debian$/, ['debian']],
  [/^ubuntu$/, ['ubuntu']],
  [/^alpine$/, ['alpine']],
  [/^(?:oraclelinux|amazonlinux|redhat\/.*)$/, ['rhel', 'rhel-minimal']],
];

/** The id that an account is created with; undefined where it is not created, or gets the next one that is free. */
const idOf = (accounts: string, name: string): number | undefined => {
  const id = accounts
    .split(' ')
    .find(one => one.startsWith(`${name}:`))
    ?.split(':')[1];
  return id === undefined || id === '' ? undefined : Number(id);
};

describe('what the tables say of official images is what their Dockerfiles say', () => {
  test.each(builds)('%s', (reference, { on, user, users }) => {
    const { defaultUser, shippedUser, family } = describeImage(parseReference(reference));
    const expected = FAMILIES.find(([name]) => name.test(on))?.[1];
    if (expected && family !== 'unknown') expect(expected).toContain(family);
    // `1000:1000`, `$SOLR_UID`
    const [who = ''] = user.split(':');
    if (defaultUser && !who.startsWith('$')) {
      const names = [defaultUser.name, `${defaultUser.uid}`];
      expect(names).toContain(who);
      expect([undefined, defaultUser.uid]).toContain(idOf(users, who));
    }
    if (shippedUser) expect([undefined, shippedUser.uid]).toContain(idOf(users, shippedUser.name));
  });
});

test('the variables that an official image sets are known', () => {
  for (const [reference, name] of [
    ['node:22', 'NODE_VERSION'],
    ['python:3.14-slim', 'PYTHON_VERSION'],
    ['golang:1.4', 'GOLANG_SRC_URL'],
    ['phpmyadmin:5', 'PMA_SSL_DIR'],
    ['jetty:12', 'JETTY_HOME'],
    ['arm64v8/postgres:18', 'PGDATA'],
  ] as const)
    expect([...describeImage(parseReference(reference)).env]).toContain(name);
});

test('a small image lacks shadow-utils only where its makers’ users install it', () => {
  const lacks = (reference: string): boolean => describeImage(parseReference(reference)).lacksCommand('useradd');
  // docker-library/mysql calls it at once, MariaDB/mariadb-docker installs it first.
  expect(lacks('oraclelinux:9-slim')).toBe(false);
  expect(lacks('redhat/ubi9-minimal')).toBe(true);
  expect(lacks('photon:5.0')).toBe(false);
});
