import { type ParsedScript, parse } from 'unbash';
import type { Joined } from '../dockerfile/index.js';
import { hull, type Span } from '../text/span.js';
import { execFormScript, unwrap } from './inner-scripts.js';
import { readInner, readStatements } from './read-statements.js';
import { NO_VARIABLES } from './read-words.js';
import { at, makeCommand, makeScript, NO_ASSIGNMENTS, NO_ERRORS, NO_REDIRECTS, readerOf } from './reader.js';
import type { ShellList, ShellScript, ShellWord } from './types.js';
import { SHELLS } from './wrappers.js';

/** Scripts with more heredocs than this on one line take unbash quadratic time (measured: 16,000 in 0.6 s). */
const MAX_HEREDOCS = 200;

/** Undefined for what would take too long. */
const parseText = (text: string): ParsedScript | undefined =>
  text.includes('<<') && text.split('<<').length > MAX_HEREDOCS ? undefined : parse(text);

/** Parses shell text whose offsets map to an instruction through `source`. Never throws. */
export function readScript(source: Joined, form: ShellScript['form'], interpreter: string | undefined): ShellScript {
  const { text } = source;
  const reader = readerOf(source, [], true, undefined);
  const tree = parseText(text);
  const list = tree ? readStatements(reader, tree.commands, 0) : NO_ITEMS;
  const { commands } = reader;
  const errors = [...(tree?.errors ?? []), ...reader.nestedErrors].map(error => ({
    message: error.message,
    at: error.pos,
    span: at(reader, error.pos, Math.min(error.pos + 1, text.length)),
  }));
  errors.push(...reader.errors);
  if (!tree) errors.push({ message: 'too many heredocs', at: 0, span: at(reader, 0, 0) });
  // What is not understood can only be left alone.
  if (errors.length > 0) for (const command of commands) Object.assign(command, { editable: false });
  return makeScript(reader, list, errors, form, interpreter, '');
}

const NO_ITEMS: ShellList = { items: [] };

/** The words of an exec form as one command, so that rules about commands see it too. */
export function readExecForm(
  source: Joined,
  words: readonly { readonly text: string; readonly span: Span }[],
): ShellScript {
  const toWord = (word: { text: string; span: Span }): ShellWord => ({
    text: source.text,
    value: word.text,
    span: word.span,
    literal: true,
    quoted: true,
    variables: NO_VARIABLES,
  });
  const [first, ...rest] = words.map(toWord);
  const reader = readerOf(source, [], false, 'exec form');
  if (first) {
    const span = hull(first.span, rest.at(-1)?.span ?? first.span);
    const command = makeCommand(reader, first, rest, NO_ASSIGNMENTS, NO_REDIRECTS, span, true, undefined, 'exec form');
    reader.commands.push(command);
    const script = execFormScript(reader, command, words);
    if (script && readInner(reader, script, 0).hasPipe) reader.hasPipe = true;
    if (!SHELLS.has(command.base)) for (const inner of unwrap(reader, command)) readInner(reader, inner, 0);
  }
  return makeScript(reader, NO_ITEMS, NO_ERRORS, 'exec', undefined, JSON.stringify(words.map(word => word.text)));
}
