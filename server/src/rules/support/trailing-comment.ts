import type { Instruction } from '../../dockerfile/index.js';
import type { Span } from '../../text/span.js';

/** Instructions whose arguments never hold a word that begins with `#`. */
const PLAIN = new Set(['USER', 'EXPOSE', 'WORKDIR', 'STOPSIGNAL', 'VOLUME']);

/**
 * A `#` behind the arguments of an instruction, meant as a comment; relative to the instruction, from there to the
 * end. RUN is no case: there the shell reads it.
 */
export function trailingComment(instruction: Instruction): Span | undefined {
  const { keyword, arguments: args } = instruction;
  const pattern = patternFor(instruction);
  const match = pattern?.exec(args.text);
  if (!match) return undefined;
  const start = args.text.indexOf('#', match[1]?.length ?? 0);
  if (keyword === 'COPY' || keyword === 'ADD') {
    // A source and a destination stand before it, and a file may well be called `#x#`.
    if (args.text.slice(0, start).trim().split(/\s+/).length < 2 || instruction.heredocs.length > 0) return undefined;
  }
  const { argumentsSpan } = instruction;
  const from = argumentsSpan.end - (args.text.length - start);
  // Only when it all stands on the last line can it be cut out as it is.
  return instruction.text.slice(from, argumentsSpan.end) === args.text.slice(start) ? { start: from, end: argumentsSpan.end } : undefined;
}

function patternFor(instruction: Instruction): RegExp | undefined {
  const { keyword } = instruction;
  if (PLAIN.has(keyword)) return /^(?!\[)([^"'#]*[^"'#\s])\s+#/;
  if (keyword === 'COPY' || keyword === 'ADD') return instruction.json ? undefined : /^(?!\[)([^"'#]*[^"'#\s])\s+#(?=[\s\w])/;
  if (keyword === 'ARG') return /^([^"'#]*[^"'#\s]|[^"'#]*(?:"[^"]*"|'[^']*'))\s+#(?=\s)/;
  // `ENV NAME value # why`: the comment becomes part of the value. With `=` the build stops at it.
  if (keyword === 'ENV' || keyword === 'LABEL') return instruction.isLegacyPair ? /^([^"'#]*[^"'#\s])\s+#(?=\s)/ : undefined;
  if (keyword === 'CMD' || keyword === 'ENTRYPOINT') return instruction.json ? undefined : /^(\[(?:[^"\]]|"(?:[^"\\]|\\.)*")*\])\s+#/;
  return undefined;
}

export const hasTrailingComment = (instruction: Instruction): boolean =>
  (instruction.keyword === 'CMD' || instruction.keyword === 'ENTRYPOINT') && trailingComment(instruction) !== undefined;
