import { type Comment, isKeyword, type Placed } from '../dockerfile/index.js';
import type { FileFacts, Stage } from '../facts/index.js';
import type { FixEdit } from './fix.js';

const PRAGMA = /^(?:hadolint\s|dockwright\s+(?:stage-)?ignore|check\s*=|trivy:ignore)/;

/** The offset of the first character of the line that holds `offset`; a byte order mark belongs to no line. */
function lineStart(text: string, offset: number): number {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && text.charCodeAt(0) === 0xfeff ? 1 : start;
}

/** The spaces before an instruction, so that what is inserted beside it is indented like it. */
export function indentation(text: string, placed: Placed): string {
  return text.slice(lineStart(text, placed.start), placed.start);
}

/** Whether a comment says something to a linter about the instruction below it. */
export const isPragma = (comment: Comment): boolean => PRAGMA.test(comment.text);

/**
 * The comments that belong to an instruction: those right above it without a blank line in between, and everything from
 * the first comment that a linter reads, since that must stay with its instruction.
 */
export function attachedComments(text: string, placed: Placed): readonly Comment[] {
  const { leading } = placed;
  if (leading.length === 0) return leading;
  let from = leading.length;
  let below = lineStart(text, placed.start);
  for (let index = leading.length - 1; index >= 0; index--) {
    const comment = leading[index];
    if (!comment) break;
    const start = lineStart(text, placed.start + comment.start);
    const between = text.slice(placed.start + comment.end, below);
    if (/\n[ \t\r]*\n/.test(between)) break;
    from = index;
    below = start;
  }
  const pragma = leading.findIndex(isPragma);
  return leading.slice(pragma < 0 ? from : Math.min(from, pragma));
}

function startWithComments(text: string, placed: Placed): number {
  const first = attachedComments(text, placed)[0];
  return lineStart(text, first ? placed.start + first.start : placed.start);
}

/** Inserts whole instructions, given without indentation and last line ending, above an instruction and its comments. */
export function insertAbove(facts: FileFacts, placed: Placed, instructions: string): FixEdit {
  const { text } = facts.dockerfile;
  const at = startWithComments(text, placed) - placed.start;
  const fitted = indented(likeNeighbour(instructions, placed), indentation(text, placed));
  const span = { start: at, end: at };
  return { at: placed, span, text: `${fitted}\n` };
}

/** Inserts whole instructions on a new line below an instruction. At the end of a file they end with a line ending. */
export function insertBelow(facts: FileFacts, placed: Placed, instructions: string): FixEdit {
  const { text } = facts.dockerfile;
  const end = placed.instruction.text.length;
  const last = placed.start + end === text.length ? '\n' : '';
  return {
    at: placed,
    span: { start: end, end },
    text: `\n${indented(likeNeighbour(instructions, placed), indentation(text, placed))}${last}`,
  };
}

/** Keywords in lower case where those around are. */
function likeNeighbour(instructions: string, { instruction: { keyword, rawKeyword } }: Placed): string {
  if (!isKeyword(keyword) || rawKeyword !== rawKeyword.toLowerCase()) return instructions;
  return instructions.replace(/(?<=^|[^\\`]\n)[A-Z]+(?= )/g, keyword => keyword.toLowerCase());
}

function indented(instructions: string, indent: string): string {
  return indent === ''
    ? instructions
    : instructions
        .split('\n')
        .map(line => indent + line)
        .join('\n');
}

/** Keywords of inserted instructions in the case of the stage's FROM. */
export const cased = (stage: Stage, keyword: string): string =>
  stage.from.instruction.rawKeyword === 'from' ? keyword.toLowerCase() : keyword;

/** The last instruction of a stage: its FROM when it has no other. */
export function lastOf(stage: Stage): Placed {
  return stage.instructions.at(-1) ?? stage.from;
}

/**
 * Removes an instruction with its line ending. Its comments stay; undefined where one of them tells linters about it, for
 * it would then be about the next. The line ending before it stays too, so that a file never loses the only one that shows
 * what its endings are.
 */
export function removeInstruction(facts: FileFacts, placed: Placed): FixEdit | undefined {
  if (placed.leading.some(isPragma)) return undefined;
  const { text } = facts.dockerfile;
  const start = lineStart(text, placed.start);
  let end = placed.start + placed.instruction.text.length;
  if (text[end] === '\r') end++;
  if (text[end] === '\n') end++;
  return { at: placed, span: { start: start - placed.start, end: end - placed.start }, text: '' };
}

/**
 * The same, and one of the blank lines around it where it stood between two. Not for what batches apply: whether a
 * neighbour goes too would decide it.
 */
export function removeParagraph(facts: FileFacts, placed: Placed): FixEdit | undefined {
  const { text } = facts.dockerfile;
  const edit = removeInstruction(facts, placed);
  if (!edit) return undefined;
  const isAlone = /(?:^|\n)[ \t]*\r?\n$/.test(text.slice(0, placed.start + edit.span.start));
  const blank = /^[ \t]*\r?\n/.exec(text.slice(placed.start + edit.span.end))?.[0] ?? '';
  return isAlone ? { ...edit, span: { start: edit.span.start, end: edit.span.end + blank.length } } : edit;
}
