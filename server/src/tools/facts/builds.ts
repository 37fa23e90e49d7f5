import { factsOf, type ImageFacts } from './image-facts.js';
import type { BuiltImage, ImageSources } from './image-source.js';
import type { Table } from './table.js';

const joined = (all: Iterable<string>): string => [...new Set(all)].sort().join(' ');

/** What the Dockerfiles of official images say, by the distribution they are built on: the tables of images/ are tested by it. */
export function builds(sources: ImageSources, images: readonly string[], source: string): Table {
  const rows = Object.fromEntries(
    images.map(image => [image, alike(sources.built(image))] as const).filter(([, all]) => all.length > 0),
  );
  return {
    file: '../../../test/images/official-builds.ts',
    source,
    // Named with images/environments.ts, which is read from the same files.
    missing: [],
    lines: [
      '/** What the Dockerfiles of an official image say now, for each distribution that it is built on and each user. */',
      'export interface OfficialBuild {',
      '  /** One that has it. */',
      '  readonly tag: string;',
      '  /** The distribution that it is built on. */',
      '  readonly on: string;',
      '  /** Whom it starts as. */',
      '  readonly user: string;',
      '  /** `name:id` of those that it creates; without an id where the system chooses one. */',
      '  readonly users: string;',
      '  readonly groups: string;',
      '  readonly ports: string;',
      '  readonly volumes: string;',
      '  readonly entrypoint: string;',
      '}',
      '',
      `export const OFFICIAL_BUILDS: Readonly<Record<string, readonly OfficialBuild[]>> = ${JSON.stringify(rows)};`,
    ],
  };
}

/** One row for those on the same distribution that start as the same user, with all that any of them has. */
function alike(built: readonly BuiltImage[]): readonly Readonly<Record<string, string>>[] {
  const groups = new Map<string, { readonly on: string; readonly tags: string[]; readonly facts: ImageFacts[] }>();
  for (const one of built) {
    const facts = factsOf(one);
    const on = one.root.replace(/[:@].*/, '');
    const key = `${on} ${facts.user}`;
    const group = groups.get(key) ?? { on, tags: [], facts: [] };
    groups.set(key, group);
    group.tags.push(...one.tags);
    group.facts.push(facts);
  }
  return [...groups.values()].map(({ on, tags, facts }) => ({
    on,
    tag: tags.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1))[0] ?? '',
    user: facts[0]?.user ?? 'root',
    users: joined(facts.flatMap(({ users }) => [...users])),
    groups: joined(facts.flatMap(({ groups }) => [...groups])),
    ports: joined(facts.flatMap(({ ports }) => ports)),
    volumes: joined(facts.flatMap(({ volumes }) => volumes)),
    entrypoint: [...new Set(facts.map(({ entrypoint }) => entrypoint.join(' ')))].filter(Boolean).join('; '),
  }));
}
