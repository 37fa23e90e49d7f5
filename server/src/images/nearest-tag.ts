import type { Identity } from './identity.js';
import { isOlder, shapeOf, wordsOf } from './tag-words.js';
import { compareVersions, hasTag, lineOf, numbersOf, type Tag, type Tags } from './tags.js';

/** Architectures whose namespaces have everything. */
const COMPLETE = /^(?:amd64|arm64v8)\//;

/** Whether a tag is certainly there, in the namespace of the architecture too (`arm32v7/node`). */
export function isThere(id: Identity, tags: Tags, tag: Tag): boolean {
  if (hasTag(tags, tag) !== true) return false;
  if (!id.path.includes('/') || id.path.startsWith('library/') || COMPLETE.test(id.path)) return true;
  const [architecture = ''] = id.path.split('/');
  return tags.architectures.get(architecture)?.has(lineOf(tag.version)) ?? false;
}

/** The tag that is there and comes closest to one that is not: of the version itself where there is one, and else of the nearest. */
export function nearestTag(id: Identity, tags: Tags, { version, variant }: Tag): string | undefined {
  const turned = version === '' ? versionFirst(tags, variant) : undefined;
  if (turned && isThere(id, tags, turned)) return `${turned.version}${turned.variant}`;
  for (const other of versionsNear(tags, version)) {
    for (const one of variantsNear(tags, version, variant)) {
      if (isThere(id, tags, { version: other, variant: one })) return `${other}${one}`;
    }
  }
  return undefined;
}

/** `3.12-alpine` for `alpine-3.12`. */
function versionFirst(tags: Tags, variant: string): Tag | undefined {
  const texts = wordsOf(variant).map(({ text }) => text);
  const version = texts.find(text => tags.versions.has(text));
  const rest = texts.filter(text => text !== version);
  return version === undefined ? undefined : { version, variant: rest.map(text => `-${text}`).join('') };
}

/** The version itself, that of the same numbers, and then the line it is of, or what comes before and after it. */
function versionsNear(tags: Tags, version: string): readonly string[] {
  if (version === '') return [''];
  const bare = version.replace('v', '');
  const depthOf = (one: string): number => one.split('.').length;
  const sorted = [...tags.versions].sort(compareVersions);
  const same = sorted.filter(known => `${numbersOf(known)}` === `${numbersOf(bare)}`);
  const siblings = sorted.filter(known => depthOf(known) === depthOf(bare));
  const before = siblings.findLast(known => compareVersions(known, bare) < 0) ?? [];
  const after = siblings.find(known => compareVersions(known, bare) > 0) ?? [];
  const longer = sorted.findLast(known => /^[._]/.test(known.slice(bare.length)) && known.startsWith(bare)) ?? [];
  const parent = bare.replace(/[._]\d+$/, '');
  const near = depthOf(bare) > 2 ? [parent, lineOf(bare), before] : [before, after, parent];
  return [version, ...same, longer, ...near].flat();
}

/** What has taken the place of a word. */
const SUCCESSORS: Readonly<Record<string, string>> = { openjdk: 'eclipse-temurin' };

const WINDOWS = new Set(['nanoserver', 'windowsservercore']);

/** The variant itself, its words in another order, the newest of its shape, and what is left without one of its words. */
function variantsNear(tags: Tags, version: string, variant: string): readonly string[] {
  const isWord = version === '';
  const texts = wordsOf(variant).map(({ text }) => text);
  // Linux is not a neighbour of Windows.
  if (texts.some(text => WINDOWS.has(text))) return [variant, ...variantsAlike(tags, { version, variant })];
  const renamed = texts.map(text => SUCCESSORS[text] ?? text);
  const fewer = texts.map((_, index) => texts.filter((_word, other) => other !== index)).toReversed();
  const named = texts.filter(text => text !== 'latest');
  const joined = [texts.toReversed(), renamed, named, ...fewer]
    .filter(words => words.length > 0)
    .map(words => `${isWord ? '' : '-'}${words.join('-')}`);
  return [variant, ...variantsAlike(tags, { version, variant }), ...joined, isWord ? `stable-${variant}` : ''];
}

/** The variants of the same shape, newest first: of what begins with a version, or of what does not. */
export function variantsAlike(tags: Tags, { version, variant }: Tag): readonly string[] {
  const shape = shapeOf(variant);
  const known = version === '' ? [...tags.words] : [...tags.variants];
  return known
    .filter(name => shape !== '' && shapeOf(name) === shape)
    .sort((a, b) => (isOlder(a, b) ? 1 : isOlder(b, a) ? -1 : 0));
}
