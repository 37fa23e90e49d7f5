import type { Comment, Dockerfile, Placed } from '../dockerfile/index.js';
import type { FileFacts } from '../facts/index.js';
import { hull, moved, type Span } from '../text/span.js';

/** Text that an editor can fold. Offsets count from the start of the file; what is on one line is for the caller to leave out. */
export interface Fold {
  readonly span: Span;
  readonly isComment: boolean;
}

/** Stages, instructions of several lines, heredocs where there are several, and blocks of comments. */
export function foldsOf(dockerfile: Dockerfile, facts: FileFacts): readonly Fold[] {
  const code: Span[] = [
    ...facts.stages.map(({ from, instructions }) => hull(spanOf(from), spanOf(instructions.at(-1) ?? from))),
    ...dockerfile.instructions.flatMap(placed => [spanOf(placed), ...bodiesOf(placed)]),
  ];
  return [
    ...code.map(span => ({ span, isComment: false })),
    ...commentBlocks(dockerfile).map(span => ({ span, isComment: true })),
  ];
}

const spanOf = ({ start, length }: Placed): Span => ({ start, end: start + length });

/** The body of a single heredoc is folded with its instruction. */
const bodiesOf = ({ instruction, start }: Placed): readonly Span[] =>
  instruction.heredocs.length < 2
    ? []
    : instruction.heredocs.map(({ span, terminator }) => moved(hull(span, terminator), start));

/** Comment lines that follow one another without anything in between. */
function commentBlocks(dockerfile: Dockerfile): readonly Span[] {
  const { text } = dockerfile;
  const blocks: Span[] = [];
  const add = (comments: readonly Comment[], by: number): void => {
    let block: Span | undefined;
    for (const comment of comments) {
      const span = moved(comment, by);
      const goesOn = block !== undefined && /^\r?\n[ \t]*$/.test(text.slice(block.end, span.start));
      if (block && goesOn) block = hull(block, span);
      else {
        if (block) blocks.push(block);
        block = span;
      }
    }
    if (block) blocks.push(block);
  };
  for (const { leading, instruction, start } of dockerfile.instructions) {
    add(leading, start);
    add(instruction.comments, start);
  }
  add(dockerfile.trailing, 0);
  return blocks;
}
