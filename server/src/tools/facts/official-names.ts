import { git } from './checkout.js';
import { entriesOf, imagesNow } from './library.js';
import type { Table } from './table.js';

/** Which images are official, and which were, with the day since which they are no longer built. */
export function officialNames(official: string, source: string): Table {
  const listed = imagesNow(official);
  const built = listed.filter(image => entriesOf(official, image).length > 0);
  const ended = new Map<string, string>();
  for (const image of listed) {
    // Of some only the list is left, without a tag in it.
    if (!built.includes(image)) ended.set(image, lastDay(official, `library/${image}`));
  }
  let day = '';
  const log = git(official, 'log', '--diff-filter=D', '--no-renames', '--format=@%as', '--name-only', '--', 'library');
  for (const line of (log ?? '').split('\n')) {
    const image = /^library\/([a-z0-9._-]+)$/.exec(line)?.[1];
    if (line.startsWith('@')) day = line.slice(1);
    // The newest comes first.
    else if (image !== undefined && !listed.includes(image) && !ended.has(image)) ended.set(image, day);
  }
  const pairs = [...ended].sort(([a], [b]) => (a < b ? -1 : 1)).map(([image, since]) => `${image}:${since}`);
  const isRead = log !== undefined && built.length > 0;
  return {
    file: 'official-names.ts',
    source,
    missing: isRead ? [] : ['the names of official images'],
    lines: !isRead
      ? []
      : [
          '/** The Docker official images. */',
          `export const OFFICIAL_NAMES = '${built.join(' ')}';`,
          '',
          '/** Those that were one, each with the day since which it is no longer built. */',
          `export const REMOVED_NAMES = '${pairs.join(' ')}';`,
        ],
  };
}

const lastDay = (official: string, path: string): string =>
  (git(official, 'log', '-1', '--format=%as', '--', path) ?? '').trim();
