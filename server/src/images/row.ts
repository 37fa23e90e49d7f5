import type { Family, Runtime, User } from './types.js';

/** One image (or several alike) as its own Dockerfile makes it. */
export interface ImageRow {
  /** Official names (`node`), or whole paths with their registry (`mcr.microsoft.com/dotnet/sdk`); `/*` ends a prefix. */
  readonly images: readonly string[];
  /** What a tag without a distribution in it is built on. */
  readonly base?: Family;
  /** The same, from a version on: `[[0, 'debian'], [10, 'ubuntu']]`. */
  readonly baseFrom?: readonly (readonly [from: number, family: Family])[];
  /** Matches the whole lower-case path with its registry, where a list of images would be endless. */
  readonly pattern?: RegExp;
  readonly runtime?: Runtime;
  /** Whom it starts as; unknown where that is not the same in all versions, or nobody has looked. */
  readonly user: 'root' | 'unknown' | User;
  /** Whom the tags that match start as instead. */
  readonly userIn?: { readonly tag: RegExp; readonly user: User };
  readonly shipped?: {
    readonly name: string;
    readonly uid: number;
    readonly alpineUid?: number;
    readonly write?: string;
  };
  /** Set for images whose entrypoint starts as root on purpose: what to do instead of USER. */
  readonly rootAdvice?: string;
  /** A development kit: in all tags, or in those that match. */
  readonly sdk?: true | RegExp;
  /** ENV names beside PATH and those of environments.ts, which are read from the Dockerfiles of official images. */
  readonly env?: readonly string[];
  /** Its images, or some of them, set variables that nobody has listed. */
  readonly envIsPart?: true;
  /** Commands in every variant, beside the distribution's own. */
  readonly has?: readonly string[];
  /** Its Debian variants without `slim` hold git, curl, wget, gcc and make (docker-library/buildpack-deps). */
  readonly buildpack?: true;
  /**
   * Beside `has` and these, no variant adds commands to its distribution's base image, so what that lacks the image
   * lacks. Without it nothing is said to be missing.
   */
  readonly addsOnly?: readonly string[];
  /** Commands of `addsOnly` that the image has no longer from a version on. */
  readonly addsUntil?: Readonly<Record<string, number>>;
  /** As `addsOnly`, where it is true of one distribution only. */
  readonly addsOnlyIn?: readonly Family[];
  readonly faas?: true;
  /** Where the facts are: a repository on GitHub or a page. */
  readonly source: string;
}

export const DROPS =
  'its entrypoint prepares the volume and drops privileges itself; where the volume already belongs to its user, set `user:` or runAsUser instead';

/** A list of names without spaces, so that a long one stays readable. */
export const words = (text: string): readonly string[] => text.split(' ');
