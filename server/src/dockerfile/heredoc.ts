import type { Span } from '../text/span.js';
import { type LexOptions, lex } from './lexer.js';
import { lineFrom } from './lines.js';

/** A heredoc of RUN, COPY or ADD. Spans are relative to the instruction's start, once it is part of one. */
export interface Heredoc {
  readonly name: string;
  /** Whether variables in the body are expanded: not when any part of the delimiter is quoted. */
  readonly expand: boolean;
  /** `<<-`: leading tabs of every body line are removed. */
  readonly chomp: boolean;
  /** The body as it is in the file, line endings included. */
  readonly content: string;
  readonly span: Span;
  /** The terminator's line, without its ending; empty when it is missing. */
  readonly terminator: Span;
  readonly terminated: boolean;
}

interface Opener {
  readonly name: string;
  readonly expand: boolean;
  readonly chomp: boolean;
}

// The delimiter is always read with a backslash, whatever the escape directive says (heredocsFromLine).
const RAW: LexOptions = { escape: '\\', rawQuotes: true, rawEscapes: true, keepUnset: true, words: true };
const PLAIN: LexOptions = { escape: '\\', keepUnset: true, words: true };
const QUOTES: LexOptions = { escape: '\\', rawQuotes: true, keepUnset: true, words: true };

const count = (text: string): number => text.length - text.replace(/['"]/g, '').length;

/** The heredocs that a logical line opens, in order. */
export function openers(line: string): Opener[] {
  if (!line.includes('<<')) return [];
  return lex(line, RAW).words.flatMap(word => {
    const match = /^\d*<<(-?)\s*([^<]*)$/.exec(word);
    const rest = match?.[2];
    if (!match || !rest) return [];
    const plain = lex(rest, PLAIN);
    if (plain.words.length !== 1) return [];
    const name = plain.words[0] ?? '';
    const raw = lex(rest, QUOTES).words[0] ?? '';
    return [
      {
        name,
        expand: count(name) === count(raw),
        chomp: match[1] === '-',
      },
    ];
  });
}

// Without its terminator a body would swallow the rest of the file; the next instruction ends it for us, so that is still checked.
const KEYWORD =
  /^(?:ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR)[ \t]/;

/** Reads the bodies that follow a logical line, from `next`, the start of the first body line. Offsets are absolute. */
export function readHeredocs(
  text: string,
  next: number,
  opened: readonly Opener[],
): { heredocs: Heredoc[]; end: number; next: number } {
  const heredocs: Heredoc[] = [];
  let at = next;
  let end = next;
  for (const opener of opened) {
    const start = at;
    let terminator: Span | undefined;
    let recovery = -1;
    while (at < text.length) {
      const line = lineFrom(text, at);
      if (recovery < 0 && KEYWORD.test(text.slice(line.start, line.start + 16))) recovery = line.start;
      at = line.next;
      end = line.end;
      let from = line.start;
      if (opener.chomp) while (text.charCodeAt(from) === 9) from++;
      if (line.end - from === opener.name.length && text.startsWith(opener.name, from)) {
        terminator = { start: line.start, end: line.end };
        break;
      }
    }
    if (!terminator && recovery >= 0) {
      at = recovery;
      end = recovery > next ? recovery - 1 : recovery;
    }
    const bodyEnd = terminator?.start ?? (recovery >= 0 ? recovery : text.length);
    heredocs.push({
      ...opener,
      content: text.slice(start, bodyEnd),
      span: { start, end: bodyEnd },
      terminator: terminator ?? { start: bodyEnd, end: bodyEnd },
      terminated: terminator !== undefined,
    });
  }
  return { heredocs, end, next: at };
}
