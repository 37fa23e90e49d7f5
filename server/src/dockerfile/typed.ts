import { DockerfileParser, type From } from 'dockerfile-ast';
import { lineIndex, offsetAt } from '../text/line-index.js';
import type { Span } from '../text/span.js';

/** The parts of an image reference in a FROM, relative to the instruction's start. */
export interface ImageRanges {
  readonly tag: Span | undefined;
  readonly digest: Span | undefined;
}

const NONE: ImageRanges = { tag: undefined, digest: undefined };

/**
 * Where tag and digest are, as dockerfile-ast finds them. It gets one instruction at a time, so what it reads
 * differently from BuildKit elsewhere cannot matter; and a range counts only when its text is what our own reading of
 * the reference says (it takes `r:5000/img:1@sha256:…` for an image without a tag).
 */
export function imageRanges(text: string, tag: string | undefined, digest: string | undefined): ImageRanges {
  if (tag === undefined && digest === undefined) return NONE;
  const from: From | undefined = DockerfileParser.parse(text).getFROMs()[0];
  if (!from) return NONE;
  const index = lineIndex(text);
  const agreed = (range: ReturnType<From['getImageTagRange']>, wanted: string | undefined): Span | undefined => {
    if (!range || wanted === undefined) return undefined;
    const span = { start: offsetAt(index, range.start), end: offsetAt(index, range.end) };
    return text.slice(span.start, span.end) === wanted ? span : undefined;
  };
  return { tag: agreed(from.getImageTagRange(), tag), digest: agreed(from.getImageDigestRange(), digest) };
}
