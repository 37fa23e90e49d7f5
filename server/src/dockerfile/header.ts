import type { Span } from '../text/span.js';
import { skipSpaces } from './characters.js';
import { lineFrom } from './lines.js';

export interface Directive {
  readonly name: string;
  readonly value: string;
  /** Absolute; the whole comment. */
  readonly span: Span;
  readonly valueSpan: Span;
}

/** Something wrong with the file as a whole; `span` is absolute. */
export interface FileProblem {
  readonly message: string;
  readonly span: Span;
}

const DIRECTIVE = /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/;
const KNOWN_DIRECTIVES = new Set(['escape', 'syntax', 'check']);

export interface Header {
  readonly directives: readonly Directive[];
  readonly problems: readonly FileProblem[];
  readonly escape: '\\' | '`';
  readonly body: number;
}

export function readHeader(text: string): Header {
  const directives: Directive[] = [];
  const problems: FileProblem[] = [];
  let escape: '\\' | '`' = '\\';
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const seen = new Set<string>();
  while (at < text.length) {
    const line = lineFrom(text, at);
    const start = skipSpaces(text, line.start, line.end);
    const match = DIRECTIVE.exec(text.slice(start, line.end));
    const name = match?.[1]?.toLowerCase() ?? '';
    if (!match || !KNOWN_DIRECTIVES.has(name)) break;
    const value = match[2] ?? '';
    const span = { start, end: line.end };
    const valueStart = start + match[0].indexOf(value, match[0].indexOf('='));
    const valueSpan = { start: valueStart, end: valueStart + value.length };
    if (seen.has(name))
      problems.push({ message: `Only one ${name} parser directive is allowed. Remove this line.`, span });
    else if (name === 'escape' && value !== '\\' && value !== '`') {
      problems.push({ message: `“${value}” is not an escape character. Use \` or \\.`, span: valueSpan });
    } else if (name === 'escape') escape = value === '`' ? '`' : '\\';
    seen.add(name);
    directives.push({ name, value, span, valueSpan });
    at = line.next;
  }
  return { directives, problems, escape, body: at };
}
