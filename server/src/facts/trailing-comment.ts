import { type Instruction, perInstruction } from '../dockerfile/index.js';
import type { Span } from '../text/span.js';

/** Instructions whose arguments never hold a word that begins with `#`. */
const PLAIN = new Set(['USER', 'EXPOSE', 'WORKDIR', 'STOPSIGNAL', 'VOLUME']);

/**
 * A `#` after the arguments of an instruction, meant as a comment; relative to the instruction, from there to the
 * end. After the shell form of RUN it is one: the shell reads it.
 */
export function trailingComment(instruction: Instruction): Span | undefined {
  return instruction.text.includes('#') ? found(instruction) : undefined;
}

const found = perInstruction(find);

function find(instruction: Instruction): Span | undefined {
  const { keyword, arguments: args } = instruction;
  const pattern = patternFor(instruction);
  const match = pattern?.exec(args.text);
  if (!match) return undefined;
  const start = args.text.indexOf('#', match[1]?.length ?? 0);
  if (keyword === 'COPY' || keyword === 'ADD') {
    // A source and a destination are before it, and a file may well be called `#x#`.
    if (
      (!args.text.startsWith('[') && args.text.slice(0, start).trim().split(/\s+/).length < 2) ||
      instruction.heredocs.length > 0
    )
      return undefined;
  }
  const { argumentsSpan } = instruction;
  const from = argumentsSpan.end - (args.text.length - start);
  // Only when it all is on the last line can it be cut out as it is.
  return instruction.text.slice(from, argumentsSpan.end) === args.text.slice(start)
    ? { start: from, end: argumentsSpan.end }
    : undefined;
}

function patternFor(instruction: Instruction): RegExp | undefined {
  const { keyword } = instruction;
  const exec = execBeforeHash(instruction);
  if (exec) return exec;
  if (PLAIN.has(keyword)) return /^(?!\[)([^"'#]*[^"'#\s])\s+#/;
  if (keyword === 'COPY' || keyword === 'ADD')
    return instruction.json ? undefined : /^(?!\[)([^"'#]*[^"'#\s])\s+#(?=[\s\w])/;
  if (keyword === 'ARG') return /^([^"'#]*[^"'#\s]|[^"'#]*(?:"[^"]*"|'[^']*'))\s+#/;
  // `ENV NAME value # why`: the comment becomes part of the value. With `=` the build stops at it. In a text of several
  // words, such as that of a label, a `#` may mean a number.
  if (keyword === 'ENV') return instruction.isLegacyPair ? /^([^"'#\s]+\s+[^"'#\s]+)\s+#(?=\s)/ : undefined;
  return undefined;
}

const EXEC = new Set(['ADD', 'CMD', 'COPY', 'ENTRYPOINT', 'RUN', 'VOLUME']);
const EXEC_AND_HASH = /^(\[(?:[^"\]]|"(?:[^"\\]|\\.)*")*\])\s*#/;
const CHECK_AND_HASH = /^(cmd\s+\[(?:[^"\]]|"(?:[^"\\]|\\.)*")*\])\s*#/i;

/** An exec form that would be one, were it not for the comment. */
function execBeforeHash({ keyword, json, arguments: { text } }: Instruction): RegExp | undefined {
  const pattern = keyword === 'HEALTHCHECK' ? CHECK_AND_HASH : EXEC_AND_HASH;
  if ((!EXEC.has(keyword) && keyword !== 'HEALTHCHECK') || json) return undefined;
  const array = pattern.exec(text)?.[1]?.replace(/^cmd\s+/i, '');
  if (array === undefined) return undefined;
  try {
    const items: unknown = JSON.parse(array);
    return Array.isArray(items) && items.every(item => typeof item === 'string') ? pattern : undefined;
  } catch {
    return undefined;
  }
}
