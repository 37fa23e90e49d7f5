import type { Span } from '../text/span.js';
import { type ImageReference, parseReference } from './reference.js';
import { type ImageRanges, imageRanges } from './typed.js';

/** A piece of an instruction's arguments. `span` is relative to the instruction's start. */
export interface Word {
  readonly text: string;
  readonly span: Span;
}

export interface Flag {
  /** Without the dashes, lower case as written: `mount`, `from`. */
  readonly name: string;
  /** What follows `=`, quotes resolved; undefined for a bare flag. */
  readonly value: string | undefined;
  /** The flag as BuildKit hands it on: `--name=value`. */
  readonly text: string;
  readonly span: Span;
  readonly valueSpan: Span;
}

/** One `key=value` of ENV, LABEL or ARG. */
export interface Pair {
  /** As written, quotes included. */
  readonly key: string;
  /** As written, quotes included; undefined for `ARG name`. */
  readonly value: string | undefined;
  readonly keySpan: Span;
  readonly valueSpan: Span;
  readonly span: Span;
}

export interface FromParts {
  readonly image: Word;
  readonly reference: ImageReference;
  /** The word AS as typed, when there is one. */
  readonly as: Word | undefined;
  readonly name: Word | undefined;
  readonly platform: Flag | undefined;
  /** Where the tag and the digest are, when they are in one piece. */
  readonly ranges: ImageRanges;
}

export class ReadFrom implements FromParts {
  readonly reference: ImageReference;
  #ranges: ImageRanges | undefined;
  readonly #text: string;

  constructor(
    text: string,
    readonly image: Word,
    readonly as: Word | undefined,
    readonly name: Word | undefined,
    readonly platform: Flag | undefined,
  ) {
    this.reference = parseReference(image.text);
    this.#text = text;
  }

  get ranges(): ImageRanges {
    this.#ranges ??= imageRanges(this.#text, this.reference.tag, this.reference.digest);
    return this.#ranges;
  }
}
