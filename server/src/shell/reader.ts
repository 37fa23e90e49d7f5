import type { ParseError } from 'unbash';
import { type Joined, toSourceSpan } from '../dockerfile/index.js';
import type { Span } from '../text/span.js';
import { type WordSource, wordSource } from './read-words.js';
import type {
  ShellAssignment,
  ShellCommand,
  ShellItem,
  ShellList,
  ShellRedirect,
  ShellScript,
  ShellWord,
} from './types.js';

/** What is gathered while one script is read. */
export interface Reader {
  readonly source: Joined;
  readonly words: WordSource;
  /** Some word may hold a script, or be followed by a parenthesis: else none is searched for one. */
  readonly mayNest: boolean;
  readonly commands: ShellCommand[];
  readonly errors: { readonly message: string; readonly at: number; readonly span: Span }[];
  editable: boolean;
  readonly via: string | undefined;
  readonly nestedErrors: ParseError[];
  hasPipe: boolean;
}

/** `$(…)`, backquotes, `<(…)`, and bash's `${ …; }`, whose brace may be followed by a continued line. */
export const NESTS = /[`(]|\{[\s|\\]/;

export const readerOf = (
  source: Joined,
  commands: ShellCommand[],
  editable: boolean,
  via: string | undefined,
): Reader => ({
  source,
  words: wordSource(source),
  mayNest: NESTS.test(source.text),
  commands,
  errors: [],
  editable,
  via,
  nestedErrors: [],
  hasPipe: false,
});

export const NO_ASSIGNMENTS: readonly ShellAssignment[] = [];
export const NO_REDIRECTS: readonly ShellRedirect[] = [];

export const at = (reader: Reader, start: number, end: number): Span => toSourceSpan(reader.source, start, end);

export function makeCommand(
  reader: Reader,
  name: ShellWord | undefined,
  args: readonly ShellWord[],
  assignments: readonly ShellAssignment[],
  redirects: readonly ShellRedirect[],
  span: Span,
  top: boolean,
  item: ShellItem | undefined,
  via: string | undefined,
): ShellCommand {
  return {
    name,
    args,
    assignments,
    redirects,
    span,
    base: name?.literal ? name.value.slice(name.value.lastIndexOf('/') + 1) : '',
    via: via ?? reader.via,
    editable: reader.editable,
    top,
    item,
    kept: [],
  };
}

/** `signature` as in {@link ShellScript}. */
export function makeScript(
  { source, commands, hasPipe }: Reader,
  list: ShellList,
  errors: ShellScript['errors'],
  form: ShellScript['form'],
  interpreter: string | undefined,
  signature: string,
): ShellScript {
  return { source, list, commands: sorted(commands), errors, form, interpreter, hasPipe, signature, kept: [] };
}

export const NO_ERRORS: ShellScript['errors'] = [];

const sorted = (commands: ShellCommand[]): readonly ShellCommand[] =>
  inOrder(commands) ? commands : commands.sort((a, b) => a.span.start - b.span.start);

/** Only a script within a word comes after the command that holds the word, and seldom before another one. */
function inOrder(commands: readonly ShellCommand[]): boolean {
  let start = 0;
  for (let index = 0; index < commands.length; index++) {
    const next = commands[index]?.span.start ?? 0;
    if (next < start) return false;
    start = next;
  }
  return true;
}
