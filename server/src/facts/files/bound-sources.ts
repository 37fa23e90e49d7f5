import { type Instruction, perInstruction } from '../../dockerfile/index.js';
import type { Span } from '../../text/span.js';
import { mountsOf } from '../mounts.js';

export interface BoundSource {
  readonly path: string;
  readonly span: Span;
}

/** What the bind mounts of a RUN take from the build context, where it is written plainly. */
export const boundSources = perInstruction((instruction: Instruction): readonly BoundSource[] =>
  mountsOf(instruction).flatMap(({ type, from, source, flag: { valueSpan } }) => {
    if (type !== 'bind' || from !== undefined || source === undefined || /[$"'\\]/.test(source)) return [];
    const written = instruction.text.slice(valueSpan.start, valueSpan.end);
    const key = /(?:^|[,"'])(?:source|src)=/i.exec(written);
    const start = valueSpan.start + (key ? key.index + key[0].length : 0);
    return key && instruction.text.startsWith(source, start)
      ? [{ path: source, span: { start, end: start + source.length } }]
      : [];
  }),
);
