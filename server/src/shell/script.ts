import { type Heredoc, type Instruction, type Joined, perInstruction, slice } from '../dockerfile/index.js';
import { readExecForm, readScript } from './read.js';
import type { ShellScript } from './types.js';

/** A heredoc's body as a shell or interpreter would get it: without carriage returns and, for `<<-`, leading tabs. */
export function heredocBody(heredoc: Heredoc): Joined {
  const { content, chomp } = heredoc;
  const base = heredoc.span.start;
  if (!chomp && !content.includes('\r')) return { text: content, at: [0], source: [base] };
  const pieces: string[] = [];
  const at: number[] = [];
  const source: number[] = [];
  let length = 0;
  const push = (from: number, to: number): void => {
    if (to <= from) return;
    pieces.push(content.slice(from, to));
    at.push(length);
    source.push(base + from);
    length += to - from;
  };
  for (let start = 0; start < content.length; ) {
    const newline = content.indexOf('\n', start);
    const next = newline < 0 ? content.length : newline + 1;
    let from = start;
    if (chomp) while (content.charCodeAt(from) === 9) from++;
    const end = newline < 0 ? content.length : newline;
    if (end > from && content.charCodeAt(end - 1) === 13) {
      push(from, end - 1);
      push(end, next);
    } else push(from, next);
    start = next;
  }
  if (at.length === 0) return { text: '', at: [0], source: [base] };
  return { text: pieces.join(''), at, source };
}

export function concat(parts: readonly Joined[]): Joined {
  const at: number[] = [];
  const source: number[] = [];
  let text = '';
  for (const part of parts) {
    part.at.forEach((offset, index) => {
      at.push(text.length + offset);
      source.push(part.source[index] ?? 0);
    });
    text += part.text;
  }
  return { text, at, source };
}

/** `RUN <<EOF`: nothing but one heredoc, whose body is the script. */
const ONLY_HEREDOC = /^\d*<<-?\s*(?:"[^"]*"|'[^']*'|\\?[^\s"'<>;&|()]+)$/;

export const SHEBANG = /^#!\s*(?:\S*\/env\s+(?:-S\s+)?)?(\S+)/;

function compute(instruction: Instruction): ShellScript | undefined {
  switch (instruction.keyword) {
    case 'RUN':
      break;
    case 'CMD':
    case 'ENTRYPOINT':
      break;
    case 'HEALTHCHECK': {
      const type = instruction.words[0];
      if (type?.text.toUpperCase() !== 'CMD') return undefined;
      break;
    }
    default:
      return undefined;
  }
  if (instruction.json) return readExecForm(instruction.joined, instruction.json);
  let line = instruction.arguments;
  if (instruction.keyword === 'HEALTHCHECK') {
    const match = /^\S+\s*/.exec(line.text);
    line = slice(line, match?.[0].length ?? 0, line.text.length);
  }
  if (line.text === '') return undefined;
  const [first] = instruction.heredocs;
  if (instruction.keyword === 'RUN' && first && instruction.heredocs.length === 1 && ONLY_HEREDOC.test(line.text)) {
    const body = heredocBody(first);
    const shebang = SHEBANG.exec(body.text)?.[1];
    return readScript(body, 'heredoc', shebang?.slice(shebang.lastIndexOf('/') + 1));
  }
  if (instruction.heredocs.length === 0) return readScript(line, 'shell', undefined);
  // A command that reads heredocs: the shell sees the line, then each body and its terminator.
  const parts: Joined[] = [line];
  for (const heredoc of instruction.heredocs) {
    const gap = { text: '\n', at: [0], source: [heredoc.span.start - 1] };
    const end = { text: heredoc.name, at: [0], source: [heredoc.terminator.start] };
    parts.push(...(parts.length === 1 ? [gap] : []), heredocBody(heredoc), end, {
      text: '\n',
      at: [0],
      source: [heredoc.terminator.end],
    });
  }
  return readScript(concat(parts), 'shell', undefined);
}

/**
 * The commands of RUN, CMD, ENTRYPOINT or HEALTHCHECK CMD, read as POSIX shell; undefined for other instructions.
 * Whether the shell in force is one at all is for the caller to know (facts).
 */
export const scriptOf = perInstruction(compute);

/** A whole text as POSIX shell, such as that of a script in a file; spans are offsets in it. */
export const scriptOfText = (text: string): ShellScript =>
  readScript({ text, at: [0], source: [0] }, 'shell', undefined);
