import { FLAGS, type Instruction, type Joined, lex, perInstruction, toSourceSpan } from '../dockerfile/index.js';
import type { Span } from '../text/span.js';

/** A variable that is read, by the place of its bare name; relative to the instruction. */
export interface Read {
  readonly name: string;
  readonly span: Span;
}

/** Their arguments are expanded, whether in words or as a whole. */
const EXPANDED = new Set([
  'ADD',
  'ARG',
  'COPY',
  'ENV',
  'EXPOSE',
  'FROM',
  'LABEL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
]);

/** Every place where BuildKit puts the value of a variable, also within the default of another one. */
export const dockerReads = perInstruction(read);

function read(instruction: Instruction): readonly Read[] {
  const { keyword, text } = instruction;
  if (!text.includes('$')) return [];
  const found: Read[] = [];
  for (const { name, value, valueSpan } of instruction.flags) {
    const isExpanded = FLAGS[keyword]?.[name]?.expands === true;
    // With quotes in it, what is where can not be told.
    if (isExpanded && value === text.slice(valueSpan.start, valueSpan.end))
      found.push(...readsIn(instruction, plain(value, valueSpan.start)));
  }
  if (!EXPANDED.has(keyword)) return found;
  if (instruction.json) {
    for (const word of instruction.json) {
      const inner = text.slice(word.span.start + 1, word.span.end - 1);
      if (inner === word.text) found.push(...readsIn(instruction, plain(inner, word.span.start + 1)));
    }
  } else found.push(...readsIn(instruction, instruction.arguments));
  for (const { expand, content, span } of instruction.heredocs)
    if (expand) found.push(...readsIn(instruction, plain(content, span.start), true));
  return found;
}

const plain = (text: string, start: number): Joined => ({ text, at: [0], source: [start] });

function readsIn({ escape, text }: Instruction, joined: Joined, isHeredoc = false): readonly Read[] {
  const options = isHeredoc ? { escape: '\\', ignoreQuotes: true } : { escape };
  const { variables, error } = lex(joined.text, { ...options, keepUnset: true });
  if (error !== undefined) return [];
  return variables.flatMap(({ name, start }) => {
    const at = start + (joined.text[start + 1] === '{' ? 2 : 1);
    const span = toSourceSpan(joined, at, at + name.length);
    // A name that goes on in the next line is not in one piece.
    return text.slice(span.start, span.end) === name ? [{ name, span }] : [];
  });
}
