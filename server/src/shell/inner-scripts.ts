import type { Redirection } from 'unbash';
import { type Joined, slice } from '../dockerfile/index.js';
import { hull, type Span } from '../text/span.js';
import { makeCommand, NO_ASSIGNMENTS, type Reader } from './reader.js';
import type { ShellCommand, ShellWord } from './types.js';
import { executed, RUNNERS, SHELLS, wrappedIndex } from './wrappers.js';

/** A script that a command runs, with the name of what runs it. */
export interface InnerScript {
  readonly source: Joined;
  readonly via: string;
}

/** More wrappers around a command than anybody writes. */
const MAX_WRAPPERS = 200;

/** Adds the commands that wrappers such as sudo run to those of the reader, and returns the scripts that shells run. */
export function unwrap(reader: Reader, command: ShellCommand, depth = 0): readonly InnerScript[] {
  if (depth > MAX_WRAPPERS || !RUNNERS.has(command.base)) return [];
  // `runuser -u app make` runs a command, `runuser -c '…' app` a script.
  if (SHELLS.has(command.base) && !(command.base === 'runuser' && command.args.some(word => word.value === '-u'))) {
    const script = scriptArgument(reader, command);
    return script ? [{ source: script, via: `${command.base} -c` }] : [];
  }
  if (command.base === 'find') {
    return executed(command.args).flatMap(({ start, end }) => {
      const [name, ...args] = command.args.slice(start, end);
      return name ? innerCommand(reader, command, name, args, depth) : [];
    });
  }
  const index = wrappedIndex(command.base, command.args);
  const name = index === undefined ? undefined : command.args[index];
  if (index === undefined || !name || /^["']?-/.test(name.text)) return [];
  return innerCommand(reader, command, name, command.args.slice(index + 1), depth);
}

function innerCommand(
  reader: Reader,
  command: ShellCommand,
  name: ShellWord,
  args: readonly ShellWord[],
  depth: number,
): readonly InnerScript[] {
  const inner = makeCommand(
    reader,
    name,
    args,
    NO_ASSIGNMENTS,
    command.redirects,
    hull(name.span, args.at(-1)?.span ?? name.span),
    command.top,
    command.item,
    command.base,
  );
  if (inner.base === '') return [];
  reader.commands.push(inner);
  return unwrap(reader, inner, depth + 1);
}

/** `sh -c '…'`: the string is a script when it is quoted as a whole and nothing in it is escaped. */
function scriptArgument({ source }: Reader, command: ShellCommand): Joined | undefined {
  const index = command.args.findIndex(word => /^-[a-zA-Z]*c[a-zA-Z]*$/.test(word.value));
  const script = index < 0 ? undefined : command.args.slice(index + 1).find(word => !word.value.startsWith('-'));
  if (!script) return undefined;
  const quote = script.text[0];
  if ((quote !== "'" && quote !== '"') || script.text.at(-1) !== quote || script.text.length < 2) return undefined;
  const body = script.text.slice(1, -1);
  if (
    body.includes(quote) ||
    (quote === '"' && /[\\$`]/.test(body)) ||
    (command.via === 'exec form' && body.includes('\\'))
  )
    return undefined;
  return withinQuotes(source, script.span, body);
}

/** ["sh", "-c", "…"]: the string is a script when JSON left it as it is. */
export function execFormScript(
  { source }: Reader,
  { base }: ShellCommand,
  words: readonly { readonly text: string; readonly span: Span }[],
): InnerScript | undefined {
  if (!SHELLS.has(base)) return undefined;
  const flag = words.findIndex(word => /^-[a-zA-Z]*c[a-zA-Z]*$/.test(word.text));
  const script = flag < 0 ? undefined : words[flag + 1];
  if (!script || script.span.end - script.span.start !== script.text.length + 2) return undefined;
  const inner = withinQuotes(source, script.span, script.text);
  return inner && { source: inner, via: `${base} -c` };
}

/** `bash -e <<EOF`: the body is the script, unless the shell is told to run something else. */
export function heredocScript(
  { source }: Reader,
  { base, args }: ShellCommand,
  redirects: readonly Redirection[],
): InnerScript | undefined {
  if (!SHELLS.has(base)) return undefined;
  const readsInput = args.every(
    ({ value }, index) =>
      (/^[-+]/.test(value) && !/^-[a-zA-Z]*c/.test(value)) ||
      /^[-+][a-zA-Z]*o$/.test(args[index - 1]?.value ?? '') ||
      args.slice(0, index).some(word => /^-[a-zA-Z]*s$/.test(word.value)),
  );
  const document = redirects.findLast(redirect => redirect.type === 'HereDoc');
  if (!readsInput || !document) return undefined;
  const inner = slice(source, document.body.pos, document.body.end);
  // Unless the delimiter is quoted, the outer shell has expanded the body before.
  if (document.delimiter?.quoted !== true && /`|\\(?!\r?\n)/.test(inner.text)) return undefined;
  return { source: inner, via: `${base} -s` };
}

/** The text of a quoted word with its way back to the source; undefined where it is not as it is written there. */
function withinQuotes(source: Joined, { start }: Span, body: string): Joined | undefined {
  const from = findOffset(source, start);
  if (from < 0) return undefined;
  const inner = slice(source, from + 1, from + 1 + body.length);
  return inner.text === body ? inner : undefined;
}

function findOffset(joined: Joined, start: number): number {
  for (let index = joined.source.length - 1; index >= 0; index--) {
    const source = joined.source[index] ?? 0;
    if (source <= start) return (joined.at[index] ?? 0) + start - source;
  }
  return -1;
}
