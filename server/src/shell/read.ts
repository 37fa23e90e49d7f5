import type {
  Command,
  CommandArgument,
  CommandNode,
  ParsedScript,
  PipelineNode,
  Redirection,
  Statement,
  Word,
} from 'unbash';
import { parse } from 'unbash';
import { type Joined, slice } from '../dockerfile/index.js';
import { hull, type Span } from '../text/span.js';
import { scriptsIn, scriptsInArithmetic, scriptsInTest } from './nested.js';
import { argumentWord, NO_VARIABLES, readAssignment, readRedirect, readWord } from './read-words.js';
import {
  at,
  makeCommand,
  makeScript,
  NESTS,
  NO_ASSIGNMENTS,
  NO_ERRORS,
  NO_REDIRECTS,
  type Reader,
  readerOf,
} from './reader.js';
import type {
  ListOperator,
  ShellAssignment,
  ShellCommand,
  ShellItem,
  ShellList,
  ShellNode,
  ShellRedirect,
  ShellScript,
  ShellWord,
} from './types.js';
import { executed, RUNNERS, SHELLS, wrappedIndex } from './wrappers.js';

/** Scripts with more heredocs than this on one line take unbash quadratic time (measured: 16,000 in 0.6 s). */
const MAX_HEREDOCS = 200;
const MAX_DEPTH = 200;

/** Reads scripts inside words. Decoded backquote scripts have no positions of their own and are left out. */
function substitutions(reader: Reader, scripts: Iterable<ParsedScript>, depth: number): void {
  const { editable } = reader;
  // They are part of a word, which a fix must leave as it is.
  reader.editable = false;
  for (const script of scripts) {
    if (script.source !== undefined) continue;
    for (const error of script.errors ?? []) reader.nestedErrors.push(error);
    readStatements(reader, script.commands, depth + 1);
  }
  reader.editable = editable;
}

/** Most words hold no script, and are not asked twice. */
function within(reader: Reader, node: Word | CommandArgument | Redirection | undefined, depth: number): void {
  if (!node) return;
  refuseParenthesis(reader, node.end);
  if (node.type === 'Word' && !NESTS.test(node.text)) return;
  substitutions(reader, scriptsIn(node), depth);
}

/** The command that a wrapper such as sudo runs. */
function unwrap(reader: Reader, command: ShellCommand, depth: number): void {
  if (depth > MAX_DEPTH || !RUNNERS.has(command.base)) return;
  // `runuser -u app make` runs a command, `runuser -c '…' app` a script.
  if (SHELLS.has(command.base) && !(command.base === 'runuser' && command.args.some(word => word.value === '-u'))) {
    nestedScript(reader, command, depth);
    return;
  }
  if (command.base === 'find') {
    for (const { start, end } of executed(command.args)) {
      const [name, ...args] = command.args.slice(start, end);
      if (name) innerCommand(reader, command, name, args, depth);
    }
    return;
  }
  const index = wrappedIndex(command.base, command.args);
  const name = index === undefined ? undefined : command.args[index];
  if (index === undefined || !name || /^["']?-/.test(name.text)) return;
  innerCommand(reader, command, name, command.args.slice(index + 1), depth);
}

function innerCommand(
  reader: Reader,
  command: ShellCommand,
  name: ShellWord,
  args: readonly ShellWord[],
  depth: number,
): void {
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
  if (inner.base === '') return;
  reader.commands.push(inner);
  unwrap(reader, inner, depth + 1);
}

/** `sh -c '…'`: the string is a script when it is quoted as a whole and nothing in it is escaped. */
function nestedScript(reader: Reader, command: ShellCommand, depth: number): void {
  const index = command.args.findIndex(word => /^-[a-zA-Z]*c[a-zA-Z]*$/.test(word.value));
  const script = index < 0 ? undefined : command.args.slice(index + 1).find(word => !word.value.startsWith('-'));
  if (!script) return;
  const quote = script.text[0];
  if ((quote !== "'" && quote !== '"') || script.text.at(-1) !== quote || script.text.length < 2) return;
  const body = script.text.slice(1, -1);
  if (
    body.includes(quote) ||
    (quote === '"' && /[\\$`]/.test(body)) ||
    (command.via === 'exec form' && body.includes('\\'))
  )
    return;
  const from = findOffset(reader.source, script.span);
  if (from < 0) return;
  const inner = slice(reader.source, from + 1, from + 1 + body.length);
  if (inner.text !== body) return;
  readNested(reader, inner, `${command.base} -c`, depth);
}

/** Lists the commands of a script that another one runs; where they stand, shell text cannot be inserted as it is. */
function readNested({ commands }: Reader, source: Joined, via: string, depth: number): Reader {
  const nested = readerOf(source, commands, false, via);
  readStatements(nested, parse(source.text).commands, depth + 1);
  return nested;
}

/** `bash -e <<EOF`: the body is the script, unless the shell is told to run something else. */
function heredocScript(reader: Reader, command: ShellCommand, redirects: readonly Redirection[], depth: number): void {
  if (!SHELLS.has(command.base) || depth > MAX_DEPTH) return;
  const readsInput = command.args.every(
    ({ value }, index) =>
      (/^[-+]/.test(value) && !/^-[a-zA-Z]*c/.test(value)) ||
      /^[-+][a-zA-Z]*o$/.test(command.args[index - 1]?.value ?? '') ||
      command.args.slice(0, index).some(word => /^-[a-zA-Z]*s$/.test(word.value)),
  );
  const document = redirects.findLast(redirect => redirect.type === 'HereDoc');
  if (!readsInput || !document) return;
  const inner = slice(reader.source, document.body.pos, document.body.end);
  // Unless the delimiter is quoted, the outer shell has expanded the body before.
  if (document.delimiter?.quoted !== true && /`|\\(?!\r?\n)/.test(inner.text)) return;
  readNested(reader, inner, `${command.base} -s`, depth);
}

function findOffset(joined: Joined, span: Span): number {
  for (let index = joined.source.length - 1; index >= 0; index--) {
    const source = joined.source[index] ?? 0;
    if (source <= span.start) return (joined.at[index] ?? 0) + span.start - source;
  }
  return -1;
}

/** unbash skips a parenthesis behind a word, `x ( y`, which every shell refuses. */
function refuseParenthesis(reader: Reader, end: number): void {
  const { text } = reader.source;
  let next = end;
  let code = text.charCodeAt(next);
  while (code === 32 || code === 9) code = text.charCodeAt(++next);
  if (code === 40) reader.errors.push({ message: "unexpected token '('", at: next, span: at(reader, next, next + 1) });
}

function readNode(
  reader: Reader,
  node: CommandNode,
  depth: number,
  top: boolean,
  item: ShellItem | undefined,
): ShellNode {
  // Nearly all are simple commands, and cost no more than they need.
  if (node.type === 'Command') return readCommand(reader, node, depth, top, item);
  const span = at(reader, node.pos, node.end);
  const lists: ShellList[] = [];
  const nested = (statements: readonly Statement[] | undefined): void => {
    if (statements) lists.push(readStatements(reader, statements, depth + 1));
  };
  switch (node.type) {
    case 'Redirected': {
      const inner = readNode(reader, node.command, depth, top, item);
      const redirects = node.redirects.map(redirect => readRedirect(reader.words, redirect));
      return inner.kind === 'command' ? inner : { ...inner, span, redirects: [...inner.redirects, ...redirects] };
    }
    case 'Subshell':
    case 'BraceGroup':
      nested(node.body.commands);
      return { kind: node.type === 'Subshell' ? 'subshell' : 'group', span, head: '', lists, redirects: NO_REDIRECTS };
    case 'If':
      nested(node.clause.commands);
      nested(node.then.commands);
      for (const branch of node.elif) {
        nested(branch.clause.commands);
        nested(branch.then.commands);
      }
      nested(node.else?.commands);
      return { kind: 'if', span, head: '', lists, redirects: NO_REDIRECTS };
    case 'For':
    case 'Select': {
      const head = [node.type, node.name.text, ...(node.wordlist?.map(word => word.text) ?? ['\u0000'])].join(' ');
      for (const word of node.wordlist ?? []) substitutions(reader, scriptsIn(word), depth);
      nested(node.body.commands);
      return { kind: 'for', span, head, lists, redirects: NO_REDIRECTS };
    }
    case 'While':
      nested(node.clause.commands);
      nested(node.body.commands);
      return { kind: 'while', span, head: node.kind, lists, redirects: NO_REDIRECTS };
    case 'Case': {
      const head = [
        node.word.text,
        ...node.items.map(item => `${item.pattern.map(word => word.text).join('|')})${item.terminator ?? ''}`),
      ].join(' ');
      substitutions(reader, scriptsIn(node.word), depth);
      for (const branch of node.items) {
        for (const word of branch.pattern) substitutions(reader, scriptsIn(word), depth);
        nested(branch.body.commands);
      }
      return { kind: 'case', span, head, lists, redirects: NO_REDIRECTS };
    }
    case 'Function': {
      let head = node.name.text;
      let redirects: readonly ShellRedirect[] = [];
      if (node.body.type === 'CompoundList') nested(node.body.commands);
      else {
        const body = readNode(reader, node.body, depth + 1, false, undefined);
        head += ` ${body.kind}`;
        if (body.kind !== 'command') {
          lists.push(...body.lists);
          redirects = body.redirects;
        }
      }
      return { kind: 'function', span, head, lists, redirects };
    }
    case 'TestCommand':
    case 'ArithmeticCommand': {
      const head = reader.source.text.slice(node.pos, node.end).replace(/\s+/g, ' ');
      substitutions(
        reader,
        node.type === 'TestCommand' ? scriptsInTest(node.expression) : scriptsInArithmetic(node.expression),
        depth,
      );
      return { kind: 'test', span, head, lists, redirects: NO_REDIRECTS };
    }
    case 'ArithmeticFor': {
      const head = reader.source.text.slice(node.pos, node.body.pos).replace(/\s+/g, ' ');
      for (const expression of [node.initialize, node.test, node.update])
        substitutions(reader, scriptsInArithmetic(expression), depth);
      nested(node.body.commands);
      return { kind: 'for', span, head, lists, redirects: NO_REDIRECTS };
    }
    case 'Coproc': {
      if (node.body.type === 'CompoundList') nested(node.body.commands);
      else {
        const body = readNode(reader, node.body, depth + 1, false, undefined);
        if (body.kind !== 'command') lists.push(...body.lists);
      }
      return {
        kind: 'other',
        span,
        head: reader.source.text.slice(node.pos, node.end),
        lists,
        redirects: NO_REDIRECTS,
      };
    }
  }
}

/** Puts the command into the reader's list, and behind it what it runs. */
function readCommand(
  reader: Reader,
  node: Command,
  depth: number,
  top: boolean,
  item: ShellItem | undefined,
): ShellNode {
  const { words } = reader;
  const { prefix, suffix } = node;
  let last = Math.max(node.pos, node.name?.end ?? 0);
  const args: ShellWord[] = [];
  let assignments: ShellAssignment[] | undefined;
  let redirected = false;
  // By index: for…of makes an object for each element until a function is optimised, which few are in a short run.
  for (let index = 0; index < prefix.length; index++) {
    const part = prefix[index];
    if (!part) break;
    last = Math.max(last, part.end);
    if (part.type === 'Assignment') {
      assignments ??= [];
      assignments.push(readAssignment(words, part));
    } else redirected = true;
  }
  for (let index = 0; index < suffix.length; index++) {
    const part = suffix[index];
    if (!part) break;
    last = Math.max(last, part.end);
    if (part.type === 'Word' || part.type === 'Assignment') args.push(argumentWord(words, part));
    else redirected = true;
  }
  const span = at(reader, node.pos, node.end);
  const command = makeCommand(
    reader,
    node.name ? readWord(words, node.name) : undefined,
    args,
    assignments ?? NO_ASSIGNMENTS,
    redirected ? node.redirects.map(redirect => readRedirect(words, redirect)) : NO_REDIRECTS,
    last === node.end ? span : at(reader, node.pos, last),
    top,
    item,
    undefined,
  );
  reader.commands.push(command);
  if (reader.mayNest) {
    for (let index = 0; index < prefix.length; index++) within(reader, prefix[index], depth);
    within(reader, node.name, depth);
    for (let index = 0; index < suffix.length; index++) within(reader, suffix[index], depth);
  }
  unwrap(reader, command, depth);
  if (redirected) heredocScript(reader, command, node.redirects, depth);
  return { kind: 'command', span, command };
}

function readStatements(reader: Reader, statements: readonly Statement[], depth: number): ShellList {
  const items: ShellItem[] = [];
  addStatements(reader, statements, depth, '', items);
  return { items };
}

/** `first` is what joins the first one to the items that are there. */
function addStatements(
  reader: Reader,
  statements: readonly Statement[],
  depth: number,
  first: ListOperator,
  items: ShellItem[],
): void {
  if (depth > MAX_DEPTH) return;
  let previousEnd = -1;
  let separator = first;
  for (const { pos, end, command, background } of statements) {
    if (previousEnd >= 0 && separator !== '&') {
      const between = reader.source.text.slice(previousEnd, pos);
      separator = between.includes('\n') && !between.includes(';') ? '\n' : ';';
    }
    if (command.type === 'AndOr') {
      let operator: ListOperator = separator;
      for (let index = 0; index < command.commands.length; index++) {
        const pipeline = command.commands[index];
        if (pipeline) items.push(readPipeline(reader, pipeline, operator, background === true, depth));
        operator = command.operators[index] ?? '&&';
      }
    } else items.push(readPipeline(reader, command, separator, background === true, depth));
    previousEnd = end;
    separator = background ? '&' : ';';
  }
}

function readPipeline(
  reader: Reader,
  node: PipelineNode,
  operator: ListOperator,
  background: boolean,
  depth: number,
): ShellItem {
  const span = at(reader, node.pos, node.end);
  const top = depth === 0 && reader.via === undefined;
  const nodes: ShellNode[] = [];
  if (node.type !== 'Pipeline') {
    const item: ShellItem = { span, operator, background, negated: false, joints: '', nodes };
    nodes.push(readNode(reader, node, depth, top, item));
    return item;
  }
  const item: ShellItem = {
    span,
    operator,
    background,
    negated: node.prefixes.some(prefix => prefix.type === 'Negation'),
    joints: [...node.prefixes.map(prefix => prefix.type), ...node.operators].join(' '),
    nodes,
  };
  if (node.commands.length > 1) reader.hasPipe = true;
  for (const one of node.commands) nodes.push(readNode(reader, one, depth, top, item));
  return item;
}

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
    const command = makeCommand(
      reader,
      first,
      rest,
      NO_ASSIGNMENTS,
      NO_REDIRECTS,
      hull(first.span, rest.at(-1)?.span ?? first.span),
      true,
      undefined,
      'exec form',
    );
    reader.commands.push(command);
    execNested(reader, command, words);
    if (!SHELLS.has(command.base)) unwrap(reader, command, 0);
  }
  return makeScript(reader, NO_ITEMS, NO_ERRORS, 'exec', undefined, JSON.stringify(words.map(word => word.text)));
}

// ["sh", "-c", "…"]: the string is a script when JSON left it as it is.
function execNested(
  reader: Reader,
  command: ShellCommand,
  words: readonly { readonly text: string; readonly span: Span }[],
): void {
  if (!SHELLS.has(command.base)) return;
  const flag = words.findIndex(word => /^-[a-zA-Z]*c[a-zA-Z]*$/.test(word.text));
  const script = flag < 0 ? undefined : words[flag + 1];
  if (!script || script.span.end - script.span.start !== script.text.length + 2) return;
  const from = findOffset(reader.source, script.span);
  if (from < 0) return;
  const inner = slice(reader.source, from + 1, from + 1 + script.text.length);
  if (inner.text !== script.text) return;
  if (readNested(reader, inner, `${command.base} -c`, 0).hasPipe) reader.hasPipe = true;
}
