import { RELEASE_DATES } from './release-dates.js';

export interface Codename {
  readonly system: 'debian' | 'ubuntu';
  /** `12`, `24.04` */
  readonly version: string;
}

/** The names of the releases of Debian and Ubuntu that are out. */
export const CODENAMES: ReadonlyMap<string, Codename> = new Map(
  (['debian', 'ubuntu'] as const).flatMap(system =>
    RELEASE_DATES[system].codenames.split(' ').map(pair => {
      const [name = '', version = ''] = pair.split(':');
      return [name, { system, version }] as const;
    }),
  ),
);

/** Debian’s next release: its images can be had, and are nothing to advise. */
export const NEXT_RELEASES: ReadonlyMap<string, Codename> = new Map([['forky', { system: 'debian', version: '14' }]]);
