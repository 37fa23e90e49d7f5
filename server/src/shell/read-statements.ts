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
import { heredocScript, type InnerScript, unwrap } from './inner-scripts.js';
import { scriptsIn, scriptsInArithmetic, scriptsInTest } from './nested.js';
import { argumentWord, readAssignment, readRedirect, readWord } from './read-words.js';
import { at, makeCommand, NESTS, NO_ASSIGNMENTS, NO_REDIRECTS, type Reader, readerOf } from './reader.js';
import type {
  ListOperator,
  ShellAssignment,
  ShellItem,
  ShellList,
  ShellNode,
  ShellRedirect,
  ShellWord,
} from './types.js';

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

/** unbash skips a parenthesis after a word, `x ( y`, which every shell refuses. */
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

/** Puts the command into the reader's list, and after it what it runs. */
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
  for (const part of prefix) {
    last = Math.max(last, part.end);
    if (part.type === 'Assignment') {
      assignments ??= [];
      assignments.push(readAssignment(words, part));
    } else redirected = true;
  }
  for (const part of suffix) {
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
    for (const part of prefix) within(reader, part, depth);
    within(reader, node.name, depth);
    for (const part of suffix) within(reader, part, depth);
  }
  for (const script of unwrap(reader, command)) readInner(reader, script, depth);
  const heredoc = redirected ? heredocScript(reader, command, node.redirects) : undefined;
  if (heredoc) readInner(reader, heredoc, depth);
  return { kind: 'command', span, command };
}

/** Lists the commands of a script that another one runs; where they are, shell text cannot be inserted as it is. */
export function readInner({ commands }: Reader, { source, via }: InnerScript, depth: number): Reader {
  const inner = readerOf(source, commands, false, via);
  readStatements(inner, parse(source.text).commands, depth + 1);
  return inner;
}

export function readStatements(reader: Reader, statements: readonly Statement[], depth: number): ShellList {
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
    const item: ShellItem = { span, operator, background, negated: false, operators: '', nodes };
    nodes.push(readNode(reader, node, depth, top, item));
    return item;
  }
  const item: ShellItem = {
    span,
    operator,
    background,
    negated: node.prefixes.some(prefix => prefix.type === 'Negation'),
    operators: [...node.prefixes.map(prefix => prefix.type), ...node.operators].join(' '),
    nodes,
  };
  if (node.commands.length > 1) reader.hasPipe = true;
  for (const one of node.commands) nodes.push(readNode(reader, one, depth, top, item));
  return item;
}
