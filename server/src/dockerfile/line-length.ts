import type { Span } from '../text/span.js';
import type { Instruction } from './instruction.js';
import { lineFrom } from './lines.js';
import type { Placed } from './placed.js';
import type { Problem } from './problem.js';

/** BuildKit reads a file line by line, and takes no line longer than this, in bytes (parser.go, bufio.MaxScanTokenSize). */
const MAX_LINE = 65_535;

const TOO_LONG = `is longer than ${MAX_LINE} bytes, the most that Docker reads. Break it with \\, or copy a file.`;

/** The lines of an instruction and of its heredocs that are too long. */
export function lengthProblems({ text, keywordSpan, heredocs }: Instruction): readonly Problem[] {
  const [heredoc] = heredocs;
  return longLines(text).map(span => {
    if (span.start === 0) return { message: `The next line ${TOO_LONG}`, span, parse: true, named: 'line before' };
    // BuildKit stops reading and then misses the end of the heredoc.
    if (heredoc && span.start >= heredoc.span.start)
      return { message: `A line of this heredoc ${TOO_LONG}`, span: keywordSpan, parse: true };
    return { message: `This line ${TOO_LONG}`, span, parse: true };
  });
}

/** The same of the comments above an instruction. */
export const commentProblems = ({ leading }: Placed): readonly Problem[] =>
  leading
    .filter(({ text }) => longLines(text).length > 0)
    .map(({ start, end }) => ({
      message: `The next line ${TOO_LONG}`,
      span: { start, end },
      parse: true,
      named: 'line before',
    }));

/** The line before an offset; the rest of its own line where it is the first of the text. */
export function lineBefore(text: string, offset: number): Span {
  const own = text.lastIndexOf('\n', offset - 1) + 1;
  const { start, end } = lineFrom(text, own === 0 ? offset : text.lastIndexOf('\n', own - 2) + 1);
  return { start, end };
}

function longLines(text: string): readonly Span[] {
  if (text.length * 3 <= MAX_LINE) return NONE;
  const found: Span[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const length = line.length > MAX_LINE ? line.length : bytesOf(line);
    if (length > MAX_LINE) found.push({ start, end: start + line.length });
    start += line.length + 1;
  }
  return found;
}

const NONE: readonly Span[] = [];

function bytesOf(line: string): number {
  let bytes = 0;
  for (let index = 0; index < line.length; index++) {
    const code = line.charCodeAt(index);
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
  }
  return bytes;
}
