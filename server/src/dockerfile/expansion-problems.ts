import type { Instruction } from './instruction.js';
import type { Word } from './instruction-parts.js';
import { isPlainText, lex } from './lexer.js';
import type { Problem } from './problem.js';

const NONE: readonly Problem[] = [];

export const EXPANDED = new Set([
  'ADD',
  'ARG',
  'COPY',
  'ENV',
  'LABEL',
  'FROM',
  'USER',
  'WORKDIR',
  'VOLUME',
  'STOPSIGNAL',
  'EXPOSE',
]);

/** Nothing but plain variables and quotes that end, in which nothing is escaped: most of what is not plain text. */
const IN_ORDER =
  /^(?:[^$'"\\`]|\$[A-Za-z_]|\$\{[A-Za-z_]\w*\}|'[^']*'|"(?:[^$"\\`]|\$[A-Za-z_]|\$\{[A-Za-z_]\w*\})*")*$/;

/** A longer text could need more room for going back than a regular expression has. */
const MAX_MATCHED = 10_000;

/** What BuildKit expands one by one: a quote that is open in one of them is not closed in another. */
function expandedParts(instruction: Instruction): readonly Word[] {
  switch (instruction.keyword) {
    case 'ADD':
    case 'COPY':
    case 'EXPOSE':
    case 'VOLUME':
      return instruction.words;
    case 'ARG':
    case 'ENV':
    case 'LABEL':
      return instruction.pairs.flatMap(({ key, value, keySpan, valueSpan }) => [
        { text: key, span: keySpan },
        ...(value === undefined ? [] : [{ text: value, span: valueSpan }]),
      ]);
    default:
      return [{ text: instruction.arguments.text, span: instruction.argumentsSpan }];
  }
}

// An unterminated quote or a bad substitution stops the build when the words are expanded.
export function expansionProblems(instruction: Instruction): readonly Problem[] {
  const { text } = instruction.arguments;
  if (isPlainText(text)) return NONE;
  return expandedParts(instruction).flatMap(({ text, span }): Problem[] => {
    if (isPlainText(text) || (text.length < MAX_MATCHED && IN_ORDER.test(text))) return [];
    const { error } = lex(text, { escape: instruction.escape, keepUnset: true });
    if (!error) return [];
    const message = error.includes('single-quote')
      ? "A ' is never closed."
      : error.includes('double-quote')
        ? 'A " is never closed.'
        : `Docker cannot expand this: ${error}.`;
    return [{ message, span, parse: false }];
  });
}
