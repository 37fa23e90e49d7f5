import { type Header, readHeader } from './header.js';
import { type Comment, lineFrom } from './lines.js';
import { type Dockerfile, NO_TAIL, openIn, parseDockerfile, ReadDockerfile, type Tail } from './parse.js';
import { Placements, type Segment, segmentStart } from './placed.js';
import { readSegment } from './segments.js';

/** More than this inserted at once is another file. */
const MAX_INSERTED = 100_000;

/**
 * Parses `text`, which is `previous.text` with the range `from`…`oldEnd` replaced (its new end is `newEnd`).
 * Equal to {@link parseDockerfile} in every respect, but reads only the instructions that the edit may have changed.
 */
export function reparseDockerfile(
  previous: Dockerfile,
  text: string,
  from: number,
  oldEnd: number,
  newEnd: number,
): Dockerfile {
  if (!(previous instanceof ReadDockerfile)) return parseDockerfile(text);
  const { placements: old } = previous;
  const count = old.parts.length;
  if (count === 0 || newEnd - from > MAX_INSERTED) return parseDockerfile(text);
  const header = headerAfter(previous, text, from);
  if (!header) return parseDockerfile(text);
  // The last segment that starts before the edit: everything before it is untouched. One more back, since an edit can join lines.
  // The edit may give its end to a heredoc above that has none.
  const keep = Math.max(0, Math.min(segmentAt(old, from) - 1, old.open[0] ?? count));
  const delta = text.length - previous.text.length;
  const parts: Segment[] = [];
  const starts: number[] = [];
  let at = segmentStart(old, keep);
  let candidate = keep;
  let resume = count;
  let tail: Tail = NO_TAIL;
  while (at < text.length) {
    if (at >= newEnd) {
      // After the edit: as soon as a segment starts where one started before, the rest is the same.
      const oldAt = at - delta;
      while (candidate < count && segmentStart(old, candidate) < oldAt) candidate++;
      if (candidate < count && segmentStart(old, candidate) === oldAt && oldAt > oldEnd) {
        resume = candidate;
        tail = { comments: previous.tail.comments, by: previous.tail.by + delta };
        break;
      }
    }
    const { part, start, comments, next } = readSegment(text, at, header.escape);
    if (!part) {
      tail = { comments, by: 0 };
      break;
    }
    parts.push(part);
    starts.push(start);
    at = next;
  }
  return merge(previous, text, header, { keep, resume, parts, starts, delta, tail });
}

/** The directives after an edit; undefined when they are others. */
function headerAfter(previous: ReadDockerfile, text: string, from: number): Header | undefined {
  // The line after the directives decided that there are no more of them, so a change in it may make one.
  if (from >= lineFrom(previous.text, previous.body).next) return previous.header;
  const header = readHeader(text);
  return text.slice(0, header.body) === previous.text.slice(0, previous.body) ? header : undefined;
}

interface Reread {
  /** Up to this one the old ones are kept, and from `resume` on they are moved by `delta`. */
  readonly keep: number;
  readonly resume: number;
  readonly parts: readonly Segment[];
  readonly starts: readonly number[];
  readonly delta: number;
  readonly tail: Tail;
}

function merge(previous: ReadDockerfile, text: string, header: Header, reread: Reread): Dockerfile {
  const { placements: old } = previous;
  const { keep, resume, delta } = reread;
  // What was read again for certainty's sake only stays the object that it was.
  let same = 0;
  const limit = Math.min(reread.parts.length, resume - keep);
  while (same < limit && isSame(old.parts[keep + same], reread.parts[same])) same++;
  const from = keep + same;
  const parts = [...reread.parts];
  for (let index = 0; index < same; index++) parts[index] = old.parts[keep + index] ?? throwGap();
  const count = keep + parts.length + (old.parts.length - resume);
  const starts = new Int32Array(count);
  starts.set(old.starts.subarray(0, keep));
  starts.set(reread.starts, keep);
  const rest = keep + parts.length;
  starts.set(old.starts.subarray(resume), rest);
  if (delta !== 0) for (let index = rest; index < count; index++) starts[index] = (starts[index] ?? 0) + delta;
  const open = [
    ...openIn(parts).map(index => keep + index),
    ...old.open.filter(index => index >= resume).map(index => index + rest - resume),
  ];
  return new ReadDockerfile(
    text,
    header,
    new Placements(old.parts.slice(0, keep).concat(parts, old.parts.slice(resume)), starts, open),
    reread.tail,
    { version: old.version, from, oldEnd: resume, newEnd: rest },
  );
}

function throwGap(): never {
  throw new RangeError('an instruction is missing');
}

function isSame(a: Segment | undefined, b: Segment | undefined): boolean {
  return (
    a !== undefined &&
    b !== undefined &&
    a.instruction === b.instruction &&
    a.segment === b.segment &&
    a.next === b.next &&
    a.leading.length === b.leading.length &&
    a.leading.every((comment, index) => sameComment(comment, b.leading[index]))
  );
}

const sameComment = (a: Comment, b: Comment | undefined): boolean => a.start === b?.start && a.text === b.text;

/** The index of the last segment that starts at or before `offset`. */
function segmentAt(placements: Placements, offset: number): number {
  let low = 0;
  let high = placements.parts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (segmentStart(placements, middle) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
