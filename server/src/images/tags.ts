import { keeping } from '../text/keeping.js';
import { TAG_LISTS, type TagList } from './tag-lists.js';

export interface Tag {
  /** Empty for tags that begin with no version. */
  readonly version: string;
  /** With its hyphen, where it has a version. */
  readonly variant: string;
}

/** What comes and goes with each build: release candidates, days, commits. Lists of tags leave it out. */
const PASSING = /(?:^|-)(?:(?:rc|alpha|beta|preview|nightly|dev|ea|m|b|a)\.?\d*|\d{6,}(?:\.\d+)*|[\da-f]{7,})(?=-|$)/;

/** Undefined for tags of which the lists say nothing. */
export function readTag(tag: string): Tag | undefined {
  if (PASSING.test(tag)) return undefined;
  const version = /^v?\d+(?:[._]\d+)*(?=-|$)/.exec(tag)?.[0] ?? '';
  if ((version === '' && /^v?\d/.test(tag)) || /\d{8}/.test(version)) return undefined;
  return { version, variant: tag.slice(version.length) };
}

export const numbersOf = (version: string): readonly number[] => version.replace('v', '').split(/[._]/).map(Number);

/** The release line of a version: its first two numbers. */
export const lineOf = (version: string): string => /^v?\d+(?:\.\d+)?/.exec(version)?.[0] ?? version;

/** Older first. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? -1) - (right[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Which versions of a line have a variant: each, the line itself and some others, or only some others. */
type Share = 'all' | 'line' | 'some';

export interface Tags {
  readonly versions: ReadonlySet<string>;
  readonly live: ReadonlySet<string>;
  readonly words: ReadonlySet<string>;
  readonly variants: ReadonlySet<string>;
  /** How much of a line has a variant; undefined where nothing of it has. */
  readonly share: (variant: string, line: string) => Share | undefined;
  /** The variants that are built now. */
  readonly current: ReadonlySet<string>;
  /** Of each other architecture the lines that are built for it. */
  readonly architectures: ReadonlyMap<string, ReadonlySet<string>>;
}

const words = (text: string): readonly string[] => (text === '' ? [] : text.split(' '));

/** `3.1.0-2` as 3.1.0, 3.1.1, 3.1.2. */
function spelledOut(range: string): readonly string[] {
  const [, stem, first, last] = /^(.*?)(\d+)-(\d+)$/.exec(range) ?? [];
  if (stem === undefined) return [range];
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => `${stem}${Number(first) + index}`);
}

const fields = (text: string): readonly (readonly [string, string])[] =>
  (text === '' ? [] : text.split('|')).map(field => {
    const equals = field.indexOf('=');
    return [field.slice(0, equals), field.slice(equals + 1)] as const;
  });

const SHARES: Readonly<Record<string, Share>> = { '': 'all', '~': 'line', '?': 'some' };

/** `3.1-3.4~ 3.6` as a share for each of 3.1 to 3.4, and 3.6. */
function sharesOf(text: string, lines: ReadonlyMap<string, number>): ReadonlyMap<string, Share> {
  const shares = new Map<string, Share>();
  const names = [...lines.keys()];
  for (const range of words(text)) {
    const [, first = '', last = first, mark = ''] = /^([^-~?]+)(?:-([^~?]+))?([~?]?)$/.exec(range) ?? [];
    for (const line of names.slice(lines.get(first), (lines.get(last) ?? -1) + 1))
      shares.set(line, SHARES[mark] ?? 'some');
  }
  return shares;
}

function read(list: TagList): Tags {
  const versions = words(list.versions).flatMap(spelledOut);
  const lines = new Map([...new Set(versions.map(lineOf))].map((line, index) => [line, index]));
  const current = fields(list.variants);
  const texts = new Map([...current, ...fields(list.former)]);
  // Of dozens of variants one is asked about.
  const shares = keeping((variant: string) => sharesOf(texts.get(variant) ?? '', lines));
  return {
    versions: new Set(versions),
    live: new Set(words(list.live).flatMap(spelledOut)),
    words: new Set(words(list.words)),
    variants: new Set(texts.keys()),
    share: (variant, line) => shares(variant).get(line),
    current: new Set(current.map(([name]) => name)),
    architectures: new Map(fields(list.architectures).map(([name, text]) => [name, new Set(words(text))])),
  };
}

const known = new Map<string, Tags>();

/** What is known of the tags of an official image; undefined for those that have no list. */
export function tagsOf(image: string): Tags | undefined {
  const found = known.get(image);
  if (found) return found;
  const list = Object.hasOwn(TAG_LISTS, image) ? TAG_LISTS[image] : undefined;
  const tags = list && read(list);
  if (tags) known.set(image, tags);
  return tags;
}

/** Whether a tag is there; undefined where the list leaves it open, as it does for what is newer than the list. */
export function hasTag(tags: Tags, tag: Tag): boolean | undefined {
  const { version, variant } = tag;
  if (version === '') return tags.words.has(variant);
  if (!tags.versions.has(version)) return false;
  const share = tags.share(variant, lineOf(version));
  if (share === undefined || share === 'all') return share !== undefined;
  return share === 'line' && version === lineOf(version) ? true : undefined;
}
