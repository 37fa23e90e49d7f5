import type { Instruction } from '../dockerfile/index.js';
import type { ShellWord } from '../shell/index.js';
import type { Span } from '../text/span.js';
import type { FixEdit } from './fix.js';

export function insert(at: number, text: string): FixEdit {
  const span = { start: at, end: at };
  return { span, text };
}

export const replace = (span: Span, text: string): FixEdit => ({ span, text });

/** Inserts a word after another one, on the same line. */
export const insertAfter = (word: { readonly span: Span }, text: string): FixEdit => insert(word.span.end, ` ${text}`);

/**
 * Removes a word and the spaces before it. A word that is alone on a continuation line takes its line along, so that
 * no empty line and no comment is left without its word.
 */
export function remove(instruction: Instruction, word: Pick<ShellWord, 'span'>): FixEdit {
  const { text, escape } = instruction;
  let { start } = word.span;
  let { end } = word.span;
  while (start > 0 && (text[start - 1] === ' ' || text[start - 1] === '\t')) start--;
  const lineStart = start === 0 || text[start - 1] === '\n';
  if (!lineStart) return { span: { start, end }, text: '' };
  let rest = end;
  while (text[rest] === ' ' || text[rest] === '\t') rest++;
  if (text[rest] === escape) {
    rest++;
    while (text[rest] === ' ' || text[rest] === '\t') rest++;
    if (text[rest] === '\r') rest++;
    if (text[rest] === '\n') return { span: { start, end: rest + 1 }, text: '' };
  }
  // The last line of the instruction: the line above must no longer be continued.
  if (start > 0 && text.slice(rest).trim() === '') {
    const above = new RegExp(
      `[ \\t]*${escape === '`' ? '`' : '\\\\'}[ \\t]*\\r?\\n((?:[ \\t]*(?:#[^\\n]*)?\\r?\\n)*)[ \\t]*$`,
    ).exec(text.slice(0, word.span.start));
    // Comments in between stay, after the instruction.
    const comments = above?.[1]?.trimEnd() ?? '';
    if (above) return { span: { start: above.index, end }, text: comments === '' ? '' : `\n${comments}` };
  }
  // Not alone on its line: take the spaces after it instead, and keep the indentation.
  start = word.span.start;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return { span: { start, end }, text: '' };
}

/** How a multi-line instruction is laid out, so that what is added looks like the rest. */
export interface ListStyle {
  /** Text between two commands of an && list, escape character, line ending and indentation included. */
  readonly joiner: string;
  readonly multiline: boolean;
  /** It has an && list of several lines that shows its style. */
  readonly shown?: boolean;
}

/** Comment and blank lines between two continuation lines do not count. */
const BETWEEN = '(?:[ \\t]*(?:#[^\\n]*)?\\r?\\n)*';

/** The style in which an instruction continues its && list: `&&` leading or trailing, with its own indentation. */
export function listStyle(instruction: Instruction): ListStyle {
  const { text, escape } = instruction;
  if (!text.includes('\n')) return { joiner: ' && ', multiline: false };
  const at = escape === '`' ? '`' : '\\\\';
  const leading = new RegExp(`[ \\t]*${at}[ \\t]*\\r?\\n${BETWEEN}([ \\t]*)&&([ \\t]*)`).exec(text);
  if (leading) return { joiner: ` ${escape}\n${leading[1] ?? ''}&&${leading[2] || ' '}`, multiline: true, shown: true };
  const trailing = new RegExp(`[ \\t]*&&[ \\t]*${at}[ \\t]*\\r?\\n${BETWEEN}([ \\t]*)(?=\\S)`).exec(text);
  if (trailing) return { joiner: ` && ${escape}\n${trailing[1] ?? ''}`, multiline: true, shown: true };
  const continued = new RegExp(`${at}[ \\t]*\\r?\\n([ \\t]+)(?=\\S)`).exec(text);
  if (continued) return { joiner: ` ${escape}\n${continued[1] ?? '    '}&& `, multiline: true };
  return { joiner: ' && ', multiline: false };
}
