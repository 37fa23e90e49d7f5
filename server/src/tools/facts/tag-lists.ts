import { compareVersions, lineOf, numbersOf, readTag } from '../../images/tags.js';
import { entriesOf, type LibraryEntry, tagsEver } from './library.js';
import { IMAGES_WITH_TAGS } from './products.js';
import type { Table } from './table.js';

/** One image in images/tag-lists.ts, where the fields are explained. */
interface TagRow {
  readonly versions: string;
  readonly live: string;
  readonly words: string;
  readonly variants: string;
  readonly former: string;
  readonly architectures: string;
}

/** `3.1.0 3.1.1 3.1.2` as `3.1.0-2`. */
function shortened(versions: readonly string[]): string {
  const out: string[] = [];
  let [first, last] = ['', ''];
  const stemOf = (version: string): string => version.replace(/\d+$/, '');
  const end = (): void => {
    if (first !== '') out.push(first === last ? first : `${first}-${last.slice(stemOf(last).length)}`);
  };
  for (const version of versions) {
    const follows =
      last !== '' &&
      stemOf(version) === stemOf(last) &&
      numbersOf(version).at(-1) === (numbersOf(last).at(-1) ?? 0) + 1;
    if (!follows) {
      end();
      first = version;
    }
    last = version;
  }
  end();
  return out.join(' ');
}

/** Lines that follow each other in `all` as `FIRST-LAST`, with the mark of all of them. */
function ranges(all: readonly string[], marks: ReadonlyMap<string, string>): string {
  const out: string[] = [];
  let first = '';
  let last = -2;
  const end = (): void => {
    const to = all[last] ?? '';
    if (first !== '') out.push(`${first === to ? first : `${first}-${to}`}${marks.get(to) ?? ''}`);
  };
  for (const [index, line] of all.entries()) {
    const mark = marks.get(line);
    if (mark === undefined) continue;
    if (index !== last + 1 || marks.get(all[last] ?? '') !== mark) {
      end();
      first = line;
    }
    last = index;
  }
  end();
  return out.join(' ');
}

function grouped<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item)) ?? [];
    groups.set(key(item), group);
    group.push(item);
  }
  return groups;
}

export function tagRow(ever: ReadonlySet<string>, entries: readonly LibraryEntry[]): TagRow {
  const now = entries.flatMap(({ tags }) => tags.flatMap(tag => readTag(tag) ?? []));
  // Release candidates are the only ones in capitals.
  const tags = [...ever].filter(tag => tag === tag.toLowerCase()).flatMap(tag => readTag(tag) ?? []);
  const versioned = tags.filter(({ version }) => version !== '');
  const versions = [...new Set(versioned.map(({ version }) => version))].sort(compareVersions);
  const lines = [...new Set(versions.map(lineOf))];
  const perLine = grouped(versions, lineOf);
  const table: Record<'variants' | 'former', string[]> = { variants: [], former: [] };
  const current = new Set(now.map(({ variant }) => variant));
  for (const [variant, having] of grouped(versioned, one => one.variant)) {
    const has = new Set(having.map(({ version }) => version));
    const marks = new Map<string, string>();
    for (const line of lines) {
      const wanted = perLine.get(line) ?? [];
      const count = wanted.filter(version => has.has(version)).length;
      if (count > 0) marks.set(line, count === wanted.length ? '' : has.has(line) ? '~' : '?');
    }
    table[current.has(variant) ? 'variants' : 'former'].push(`${variant}=${ranges(lines, marks)}`);
  }
  return {
    versions: shortened(versions),
    live: shortened([...new Set(now.flatMap(({ version }) => version || []))].sort(compareVersions)),
    words: tags
      .flatMap(({ version, variant }) => (version === '' ? [variant] : []))
      .sort()
      .join(' '),
    variants: table.variants.join('|'),
    former: table.former.join('|'),
    architectures: architectures(lines, entries),
  };
}

/** For each other architecture the lines of which all tags for Linux are built for it too. */
function architectures(lines: readonly string[], entries: readonly LibraryEntry[]): string {
  const perLine = new Map<string, Set<string>>();
  for (const { tags, architectures } of entries) {
    if (architectures.every(one => one.startsWith('windows-'))) continue;
    for (const line of tags.flatMap(tag => lineOf(readTag(tag)?.version || tag))) {
      const known = perLine.get(line);
      perLine.set(line, new Set(architectures.filter(one => known === undefined || known.has(one))));
    }
  }
  return OTHER_ARCHITECTURES.flatMap(architecture => {
    const having = lines.filter(line => perLine.get(line)?.has(architecture));
    return having.length > 0 ? `${architecture}=${having.join(' ')}` : [];
  }).join('|');
}

/** Those that have a namespace of their own on Docker Hub, beside the two for which everything is built. */
const OTHER_ARCHITECTURES = [
  'arm32v5',
  'arm32v6',
  'arm32v7',
  'i386',
  'mips64le',
  'ppc64le',
  'riscv64',
  's390x',
] as const;

export async function tagLists(official: string, source: string): Promise<Table> {
  const ever = await tagsEver(official);
  const rows: Record<string, TagRow> = {};
  const missing: string[] = [];
  for (const image of IMAGES_WITH_TAGS) {
    const entries = entriesOf(official, image);
    if (entries.length === 0) missing.push(image);
    else rows[image] = tagRow(ever.get(image) ?? new Set(), entries);
  }
  return {
    file: 'tag-lists.ts',
    source,
    missing,
    lines:
      missing.length > 0
        ? []
        : [
            '/**',
            ' * The tags that a Docker official image has or had (Docker Hub keeps those that are no longer built), without release',
            ' * candidates and builds of a day. A range names the first and the last of those that follow each other in `versions`.',
            ' */',
            'export interface TagList {',
            '  /** What tags begin with, by number: `3.1.0-2` is 3.1.0, 3.1.1 and 3.1.2. */',
            '  readonly versions: string;',
            '  /** The versions that are built now. */',
            '  readonly live: string;',
            '  /** The tags that begin with no version. */',
            '  readonly words: string;',
            '  /**',
            '   * What follows the version in tags that are built now, with the release lines (the first two numbers) that have it:',
            '   * `-slim=3.1-3.4~|-alpine=3.2`. `~`: the line has it, but not each of its versions; `?`: only some of its versions.',
            '   */',
            '  readonly variants: string;',
            '  /** The same of what is built no longer. */',
            '  readonly former: string;',
            '  /** For each other architecture than amd64 and arm64v8 the lines that are built for it, in all variants for Linux. */',
            '  readonly architectures: string;',
            '}',
            '',
            '/** The day up to which the lists know. */',
            `export const LISTED_UNTIL = '${/\d{4}-\d\d-\d\d/.exec(source)?.[0] ?? ''}';`,
            '',
            `export const TAG_LISTS: Readonly<Record<string, TagList>> = ${JSON.stringify(rows)};`,
          ],
  };
}
