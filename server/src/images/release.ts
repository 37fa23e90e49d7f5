import { type Identity, VARIABLE } from './identity.js';
import type { Family } from './types.js';

/** The distribution release that an image is made of. */
export interface Release {
  readonly system: 'debian' | 'ubuntu' | 'alpine';
  /** 12 or 13 for Debian, 24.04 for Ubuntu, 3.22 for Alpine (the minor number in hundredths). */
  readonly version: number;
}

/** Names of releases, from distro-info-data (debian.csv, ubuntu.csv). */
const CODENAMES: Readonly<Record<string, Release>> = {
  wheezy: { system: 'debian', version: 7 },
  jessie: { system: 'debian', version: 8 },
  stretch: { system: 'debian', version: 9 },
  buster: { system: 'debian', version: 10 },
  bullseye: { system: 'debian', version: 11 },
  bookworm: { system: 'debian', version: 12 },
  trixie: { system: 'debian', version: 13 },
  forky: { system: 'debian', version: 14 },
  trusty: { system: 'ubuntu', version: 14.04 },
  xenial: { system: 'ubuntu', version: 16.04 },
  bionic: { system: 'ubuntu', version: 18.04 },
  focal: { system: 'ubuntu', version: 20.04 },
  jammy: { system: 'ubuntu', version: 22.04 },
  noble: { system: 'ubuntu', version: 24.04 },
  oracular: { system: 'ubuntu', version: 24.1 },
  plucky: { system: 'ubuntu', version: 25.04 },
  questing: { system: 'ubuntu', version: 25.1 },
  resolute: { system: 'ubuntu', version: 26.04 },
};

/** The release that name and tag of an image tell for certain. */
export function releaseOf({ tag, official, openTag }: Identity, family: Family): Release | undefined {
  for (const word of tag.split(/[^a-z0-9.\0]+/)) {
    const named = CODENAMES[word];
    if (named?.system === family) return named;
    const numbered = /^(debian|ubuntu|alpine)(\d+(?:\.\d+)?)$/.exec(word);
    if (numbered?.[1] === family && numbered[2] !== undefined) return release(numbered[1], numbered[2]);
  }
  if (openTag || tag.includes(VARIABLE) || official !== family) return undefined;
  const version = /^(\d+(?:\.\d+)?)(?=[.-]|$)/.exec(tag)?.[1];
  return version === undefined ? undefined : release(family, version);
}

function release(system: string, version: string): Release | undefined {
  const [major = '', minor] = version.split('.');
  switch (system) {
    case 'debian':
      return { system, version: Number(major) };
    case 'ubuntu':
      return minor === undefined ? undefined : { system, version: Number(version) };
    case 'alpine':
      return minor === undefined ? undefined : { system, version: Number(major) + Number(minor) / 100 };
    default:
      return undefined;
  }
}
