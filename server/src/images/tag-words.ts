import { CODENAMES } from './codenames.js';
import { compareVersions } from './tags.js';

/** One of the words between the hyphens of a variant: `alpine3.20` is `alpine#`, `bookworm` is `debian`. */
export interface TagWord {
  readonly text: string;
  readonly shape: string;
  /** The number in it, or that of the release it names. */
  readonly age: string | undefined;
}

export function wordsOf(variant: string): readonly TagWord[] {
  return variant.split('-').flatMap(text => {
    if (text === '') return [];
    const named = CODENAMES.get(text);
    if (named) return [{ text, shape: named.system, age: named.version }];
    const [, letters, number] = /^([a-z]*)(\d+(?:\.\d+)*)$/.exec(text) ?? [];
    return [number === undefined ? { text, shape: text, age: undefined } : { text, shape: `${letters}#`, age: number }];
  });
}

export const shapeOf = (variant: string): string =>
  wordsOf(variant)
    .map(({ shape }) => shape)
    .join('-');

/** Whether a variant of the same shape names nothing newer than the other does, and something older. */
export function isOlder(variant: string, other: string): boolean {
  const others = wordsOf(other);
  const differences = wordsOf(variant).map(({ age }, index) => {
    const otherAge = others[index]?.age;
    return age === undefined || otherAge === undefined ? 0 : compareVersions(age, otherAge);
  });
  return differences.some(one => one < 0) && !differences.some(one => one > 0);
}

const DISTRIBUTIONS = new Set(['debian', 'ubuntu', 'alpine#']);

/** Whether two variants of the same shape have the same in them, on another release of a distribution at most. */
export function hasSameProgram(variant: string, other: string): boolean {
  const others = wordsOf(other);
  return wordsOf(variant).every(({ text, shape }, index) => DISTRIBUTIONS.has(shape) || others[index]?.text === text);
}

/** Words that tell in the tags of many official images what is in them; any other may be somebody's own name for an image. */
export const COMMON_SHAPES: ReadonlySet<string> = new Set(
  `alpine alpine# apache cli curl current debian fpm full headless jdk jdk# jre jre# latest lts ltsc# mainline management
  minimal nanoserver onbuild openjdk perl scm slim stable ubi# ubuntu windowsservercore zts`.split(/\s+/),
);
