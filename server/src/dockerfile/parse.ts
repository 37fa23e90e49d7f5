import { keepingLatest } from '../text/keeping.js';
import { type Directive, type FileProblem, type Header, readHeader } from './header.js';
import type { Comment } from './lines.js';
import { type Placed, Placements, type Segment } from './placed.js';
import { keepRoomFor, readSegment, shift } from './segments.js';

export interface Dockerfile {
  readonly text: string;
  readonly escape: '\\' | '`';
  readonly directives: readonly Directive[];
  /** All of them. Where a few are wanted, `placements` makes only those. */
  readonly instructions: readonly Placed[];
  readonly placements: Placements;
  /** Comments after the last instruction; absolute offsets. */
  readonly trailing: readonly Comment[];
  readonly problems: readonly FileProblem[];
  /** Where the directives end and segments begin. */
  readonly body: number;
  /** What is the same as in the version before; undefined when the text was read as a whole. */
  readonly since: Since | undefined;
}

/** The instructions `from`…`oldEnd` of the version before are now those `from`…`newEnd`; all others are the same, and at most moved. */
export interface Since {
  /** The `version` of the placements before: it says which they were, without keeping them. */
  readonly version: object;
  readonly from: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** Comments after the last instruction as they were read once, and how far they have moved since. */
export interface Tail {
  readonly comments: readonly Comment[];
  readonly by: number;
}

export const NO_TAIL: Tail = { comments: [], by: 0 };

/** One text as it was read. */
export class ReadDockerfile implements Dockerfile {
  #trailing: readonly Comment[] | undefined;

  constructor(
    readonly text: string,
    readonly header: Header,
    readonly placements: Placements,
    readonly tail: Tail,
    readonly since: Since | undefined,
  ) {}

  get escape(): '\\' | '`' {
    return this.header.escape;
  }

  get directives(): readonly Directive[] {
    return this.header.directives;
  }

  get problems(): readonly FileProblem[] {
    return this.header.problems;
  }

  get body(): number {
    return this.header.body;
  }

  get instructions(): readonly Placed[] {
    return this.placements.all();
  }

  get trailing(): readonly Comment[] {
    const { comments, by } = this.tail;
    this.#trailing ??= by === 0 ? comments : comments.map(comment => shift(comment, -by));
    return this.#trailing;
  }
}

/** Parses a whole Dockerfile. Never throws on any text; what BuildKit would refuse is in `problems` and per instruction in problems.ts. The latest text often comes again. */
export const parseDockerfile = keepingLatest((text: string): Dockerfile => {
  const header = readHeader(text);
  const parts: Segment[] = [];
  const starts: number[] = [];
  let at = header.body;
  let tail = NO_TAIL;
  while (at < text.length) {
    const { part, start, comments, next } = readSegment(text, at, header.escape);
    if (!part) {
      tail = { comments, by: 0 };
      break;
    }
    parts.push(part);
    starts.push(start);
    at = next;
  }
  keepRoomFor(parts.length);
  return new ReadDockerfile(
    text,
    header,
    new Placements(parts, new Int32Array(starts), openIn(parts)),
    tail,
    undefined,
  );
});

/** The indexes of those with a heredoc that does not end. */
export function openIn(parts: readonly Segment[]): number[] {
  const open: number[] = [];
  for (let index = 0; index < parts.length; index++) {
    const heredocs = parts[index]?.instruction.heredocs;
    if (heredocs && heredocs.length > 0 && heredocs.some(heredoc => !heredoc.terminated)) open.push(index);
  }
  return open;
}
