import type { Span } from '../text/span.js';
import { skipSpaces } from './characters.js';
import type { Joined } from './joined.js';

/** A comment line. `span` covers `#` to the end of the line, without the line ending. */
export interface Comment {
  readonly start: number;
  readonly end: number;
  /** What follows the `#`, trimmed. */
  readonly text: string;
}

/** One logical line as BuildKit assembles it; offsets are absolute. */
export interface LogicalLine {
  /** The first character that is not white space. */
  readonly start: number;
  /** The end of its last physical line, without the line ending. Heredoc bodies are not included yet. */
  readonly end: number;
  /** The start of the next physical line. */
  readonly next: number;
  readonly joined: Joined;
  /** Comment lines between continuation lines; BuildKit drops them. */
  readonly comments: readonly Comment[];
  /** Blank lines after a continuation character; BuildKit drops them too, with a warning. Each spans the whole line with its ending. */
  readonly emptyLines: readonly Span[];
}

export interface PhysicalLine {
  readonly start: number;
  /** Without trailing CR and LF. */
  readonly end: number;
  readonly next: number;
}

export function lineFrom(text: string, start: number): PhysicalLine {
  const newline = text.indexOf('\n', start);
  const next = newline < 0 ? text.length : newline + 1;
  let end = newline < 0 ? text.length : newline;
  while (end > start && text.charCodeAt(end - 1) === 13) end--;
  return { start, end, next };
}

export function commentFrom(text: string, line: PhysicalLine, from: number): Comment {
  return { start: from, end: line.end, text: text.slice(from + 1, line.end).trim() };
}

/**
 * Where the content of a line ends when it goes on in the next one, else -1. The escape character must be the last
 * thing but spaces, and not be escaped itself (parser.go: `([^\\])\\[ \t]*$|^\\[ \t]*$`).
 */
function continuation(text: string, from: number, to: number, escape: number): number {
  let at = to - 1;
  let code = text.charCodeAt(at);
  while (at > from && (code === 32 || code === 9)) code = text.charCodeAt(--at);
  if (at < from || code !== escape) return -1;
  return at > from && text.charCodeAt(at - 1) === escape ? -1 : at;
}

/** Where the only piece of a text begins. */
export const AT_START: readonly number[] = [0];
const NO_COMMENTS: readonly Comment[] = [];
const NO_LINES: readonly Span[] = [];

/** Reads the logical line whose first physical line is `first` and whose first character is at `start`. */
export function logicalLine(text: string, first: PhysicalLine, start: number, escape: string): LogicalLine {
  const escapeCode = escape.charCodeAt(0);
  let cut = continuation(text, start, first.end, escapeCode);
  if (cut < 0) {
    const joined: Joined = { text: text.slice(start, first.end), at: AT_START, source: [start] };
    return {
      start,
      end: first.end,
      next: first.next,
      joined,
      comments: NO_COMMENTS,
      emptyLines: NO_LINES,
    };
  }
  const pieces = [text.slice(start, cut)];
  const at = [0];
  const source = [start];
  const comments: Comment[] = [];
  const emptyLines: { start: number; end: number }[] = [];
  let length = cut - start;
  let { end, next } = first;
  while (cut >= 0 && next < text.length) {
    const line = lineFrom(text, next);
    end = line.end;
    next = line.next;
    const content = skipSpaces(text, line.start, line.end);
    if (content < line.end && text.charCodeAt(content) === 35) {
      comments.push(commentFrom(text, line, content));
      continue;
    }
    if (content === line.end) {
      emptyLines.push({ start: line.start, end: line.next });
      continue;
    }
    cut = continuation(text, line.start, line.end, escapeCode);
    const until = cut < 0 ? line.end : cut;
    if (until > line.start) {
      pieces.push(text.slice(line.start, until));
      at.push(length);
      source.push(line.start);
      length += until - line.start;
    }
  }
  const joined: Joined = { text: pieces.join(''), at, source };
  return { start, end, next, joined, comments, emptyLines };
}
