import type { ImageReference } from '../dockerfile/index.js';
import { distanceWithin } from '../text/closest.js';
import { type Identity, identify } from './identity.js';
import { nearestTag } from './nearest-tag.js';
import { COMMON_SHAPES, isOlder, shapeOf, type TagWord, wordsOf } from './tag-words.js';
import { hasTag, lineOf, numbersOf, readTag, type Tag, type Tags, tagsOf } from './tags.js';

/** A tag that an official image does not have. */
export interface MissingTag {
  /** It cannot have come after the list of its tags was made. */
  readonly isCertain: boolean;
  /** Only how it is written is wrong. */
  readonly isSlip: boolean;
  /** The tag that comes closest. */
  readonly nearest: string | undefined;
}

/** Undefined for tags that are there, that may have come since, or that may be somebody's own name for an image. */
export function missingTag(reference: ImageReference): MissingTag | undefined {
  // Beside a digest a tag is not looked at.
  if (reference.digest !== undefined) return undefined;
  const id = identify(reference);
  const tags = id.official === undefined || id.openTag || id.tag === '' ? undefined : tagsOf(id.official);
  const tag = readTag(id.tag);
  if (!tags || !tag) return undefined;
  const there = hasTag(tags, tag);
  // Tags are told apart by their case.
  if (reference.tag !== id.tag) return there === true ? { isCertain: true, isSlip: true, nearest: id.tag } : undefined;
  if (there !== false) return undefined;
  const vocabulary = new Set([...tags.variants, ...tags.words].flatMap(name => wordsOf(name)).map(word => word.shape));
  const foreign = wordsOf(tag.variant).filter(({ shape }) => !vocabulary.has(shape) && !COMMON_SHAPES.has(shape));
  if (foreign.length > 0) return misspelt(id, tags, tag, foreign);
  const isCertain = certainty(tags, tag);
  return isCertain === undefined ? undefined : { isCertain, isSlip: false, nearest: nearestTag(id, tags, tag) };
}

/** A word that is nearly one which the image's tags have. */
function misspelt(id: Identity, tags: Tags, tag: Tag, foreign: readonly TagWord[]): MissingTag | undefined {
  const [word] = foreign;
  if (!word || foreign.length > 1 || !/^[a-z]{5,}$/.test(word.text)) return undefined;
  const candidates = [...tags.variants, ...tags.words].flatMap(name => wordsOf(name));
  const meant = candidates.find(
    ({ text }) => /^[a-z]+$/.test(text) && text[0] === word.text[0] && distanceWithin(word.text, text, 1),
  );
  if (!meant) return undefined;
  const corrected = { version: tag.version, variant: tag.variant.replace(word.text, meant.text) };
  if (hasTag(tags, corrected) === false) return undefined;
  return { isCertain: false, isSlip: true, nearest: nearestTag(id, tags, corrected) };
}

/** Whether a tag of known words, which the image did not have, is certainly missing; undefined where it may have come. */
function certainty(tags: Tags, tag: Tag): boolean | undefined {
  const { version, variant } = tag;
  if (version !== '' && !tags.versions.has(version)) {
    // `v18` where all say `18`.
    if (version.startsWith('v') && tags.versions.has(version.slice(1))) return false;
    return mayHaveCome(tags, numbersOf(version)) ? undefined : true;
  }
  if (version !== '' && below(tags.live, numbersOf(version)).length === 0 && !tags.live.has(version)) return true;
  const shape = shapeOf(variant);
  const alike = (version === '' ? [...tags.words] : [...tags.variants]).filter(name => shapeOf(name) === shape);
  if (alike.length === 0) return false;
  const here = version === '' ? alike : alike.filter(name => tags.share(name, lineOf(version)) !== undefined);
  // No older distribution is added later.
  if (here.some(name => isOlder(variant, name))) return true;
  if (here.length > 0 || version === '') return undefined;
  return alike.some(name => tags.current.has(name)) ? undefined : false;
}

/** The numbers that follow these in the versions: 12, 13 and 14 after 3 where there are 3.12.1, 3.13 and 3.14. */
function below(versions: ReadonlySet<string>, parent: readonly number[]): readonly number[] {
  return [...versions].flatMap(version => {
    const numbers = numbersOf(version);
    const next = numbers[parent.length];
    return next !== undefined && parent.every((number, index) => numbers[index] === number) ? [next] : [];
  });
}

/** Newer than what the list has of a release that still gets updates, or older than all that the list has. */
function mayHaveCome(tags: Tags, numbers: readonly number[]): boolean {
  for (let depth = numbers.length - 1; depth >= 0; depth--) {
    const parent = numbers.slice(0, depth);
    const siblings = below(tags.versions, parent);
    const own = numbers[depth] ?? 0;
    if (siblings.length === 0) continue;
    if (own < Math.min(...siblings)) return true;
    return own > Math.max(...siblings) && (depth === 0 || below(tags.live, parent).length > 0);
  }
  return true;
}
