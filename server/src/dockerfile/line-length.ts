import type { Instruction } from './instruction.js';
import type { Problem } from './problem.js';

/** BuildKit reads a file line by line, and takes no line longer than this, in bytes (parser.go, bufio.MaxScanTokenSize). */
const MAX_LINE = 65_535;

/** The lines of an instruction and of its heredocs that are too long. */
export function lengthProblems({ text }: Instruction): readonly Problem[] {
  if (text.length * 3 <= MAX_LINE) return [];
  const found: Problem[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const length = line.length > MAX_LINE ? line.length : bytesOf(line);
    if (length > MAX_LINE) {
      found.push({
        message: `This line is longer than ${MAX_LINE} bytes, the most that Docker reads. Break it with \\, or copy a file.`,
        span: { start, end: start + line.length },
        parse: true,
      });
    }
    start += line.length + 1;
  }
  return found;
}

function bytesOf(line: string): number {
  let bytes = 0;
  for (let index = 0; index < line.length; index++) {
    const code = line.charCodeAt(index);
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
  }
  return bytes;
}
