import { type Dockerfile, NO_TAIL, ReadDockerfile } from './parse.js';
import { Placements, segmentStart } from './placed.js';

/** Some instructions of a file as a file of their own, below the same directives. */
interface Excerpt {
  readonly dockerfile: Dockerfile;
  /** What the places from the first of them on are less than in the file. */
  readonly by: number;
}

/**
 * The instructions `from`…`to`, without `to`. What is after the last one of a file is left out, so `to` has to be
 * before it. A file with a heredoc that does not end has no parts: undefined.
 */
export function excerptOf(file: Dockerfile, from: number, to: number): Excerpt | undefined {
  const { placements, text, body } = file;
  if (!(file instanceof ReadDockerfile) || placements.open.length > 0) return undefined;
  if (from <= 0 || from >= to || to >= placements.parts.length) return undefined;
  const parts = placements.parts.slice(from, to);
  const begin = segmentStart(placements, from);
  // The empty line keeps the first comment from being one more directive.
  const head = `${text.slice(0, body)}\n`;
  const by = begin - head.length;
  const dockerfile = new ReadDockerfile(
    head + text.slice(begin, segmentStart(placements, to)),
    file.header,
    new Placements(
      parts,
      placements.starts.slice(from, to).map(start => start - by),
      [],
    ),
    NO_TAIL,
    undefined,
  );
  return { dockerfile, by };
}
