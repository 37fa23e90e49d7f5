import { CODENAMES, NEXT_RELEASES } from './codenames.js';
import { type Identity, VARIABLE } from './identity.js';
import type { Family } from './types.js';

/** The distribution release that an image is made of. */
export interface Release {
  readonly system: 'debian' | 'ubuntu' | 'alpine';
  /** 12 or 13 for Debian, 24.04 for Ubuntu, 3.22 for Alpine (the minor number in hundredths). */
  readonly version: number;
}

/** The release that name and tag of an image tell for certain. */
export function releaseOf({ tag, official, openTag }: Identity, family: Family): Release | undefined {
  for (const word of tag.split(/[^a-z0-9.\0]+/)) {
    const named = CODENAMES.get(word) ?? NEXT_RELEASES.get(word);
    if (named?.system === family) return release(named.system, named.version);
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
