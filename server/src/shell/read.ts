import type {
  Assignment,
  CommandArgument,
  CommandNode,
  ParsedScript,
  ParseError,
  Redirection,
  Statement,
  Word,
  WordPart,
} from 'unbash';
import { parse } from 'unbash';
import { type Joined, slice, toSourceSpan } from '../dockerfile/index.js';
import { hull, type Span } from '../text/span.js';
import { scriptsIn, scriptsInArithmetic, scriptsInTest } from './nested.js';
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
import { executed, SHELLS, wrappedIndex } from './wrappers.js';

/** Scripts with more heredocs than this on one line take unbash quadratic time (measured: 16,000 in 0.6 s). */
const MAX_HEREDOCS = 200;
const MAX_DEPTH = 200;

interface Reader {
  readonly source: Joined;
  readonly commands: ShellCommand[];
  readonly signature: string[];
  readonly errors: { readonly message: string; readonly at: number; readonly span: Span }[];
  editable: boolean;
  readonly via: string | undefined;
  readonly nestedErrors: ParseError[];
  hasPipe: boolean;
}

const at = (reader: Reader, start: number, end: number): Span => toSourceSpan(reader.source, start, end);

function literalParts(parts: readonly WordPart[] | undefined, variables: string[]): boolean {
  let literal = true;
  if (!parts) return literal;
  for (const part of parts) {
    switch (part.type) {
      case 'Literal':
      case 'SingleQuoted':
      case 'AnsiCQuoted':
        break;
      case 'DoubleQuoted':
      case 'LocaleString':
        if (!literalParts(part.parts, variables)) literal = false;
        break;
      case 'SimpleExpansion':
        variables.push(part.text.slice(1));
        literal = false;
        break;
      case 'ParameterExpansion':
        variables.push(part.parameter);
        literal = false;
        break;
      default:
        literal = false;
    }
  }
  return literal;
}

function readWord(reader: Reader, word: Word): ShellWord {
  const variables: string[] = [];
  const literal = literalParts(word.parts, variables);
  const text = reader.source.text.slice(word.pos, word.end);
  return {
    text,
    value: typeof word.value === 'string' ? word.value : word.text,
    span: at(reader, word.pos, word.end),
    literal: literal && !(word.parts === undefined && text.startsWith('~')),
    quoted: /["'\\]/.test(text),
    variables,
  };
}

function readAssignment(reader: Reader, node: Assignment): ShellAssignment {
  const value = node.value.type === 'Word' ? readWord(reader, node.value) : undefined;
  return {
    text: reader.source.text.slice(node.pos, node.end),
    name: node.name,
    value,
    span: at(reader, node.pos, node.end),
  };
}

// `export X=1`: an assignment among the arguments is a word to everyone else.
function argumentWord(reader: Reader, node: CommandArgument): ShellWord {
  if (node.type === 'Word') return readWord(reader, node);
  const variables: string[] = [];
  const text = reader.source.text.slice(node.pos, node.end);
  const value = node.value.type === 'Word' ? node.value : undefined;
  const literal = value ? literalParts(value.parts, variables) : false;
  return {
    text,
    value: value ? `${node.name}${node.append ? '+' : ''}=${value.value}` : text,
    span: at(reader, node.pos, node.end),
    literal,
    quoted: /["'\\]/.test(text),
    variables,
  };
}

function readRedirect(reader: Reader, node: Redirection): ShellRedirect {
  const target = node.type === 'HereDoc' ? undefined : node.target;
  return {
    text: redirectSignature(reader, node),
    operator: node.operator,
    target: target ? readWord(reader, target) : undefined,
    span: at(reader, node.pos, node.end),
  };
}

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
function within(reader: Reader, node: Word | CommandArgument | Redirection, depth: number): void {
  if (node.type === 'Word' && node.parts === undefined) return;
  substitutions(reader, scriptsIn(node), depth);
}

function makeCommand(
  reader: Reader,
  fields: Pick<ShellCommand, 'name' | 'args' | 'assignments' | 'redirects' | 'span'>,
  place: { top: boolean; item: ShellItem | undefined; via: string | undefined },
): ShellCommand {
  const { name, args, assignments, redirects, span } = fields;
  return {
    name,
    args,
    assignments,
    redirects,
    span,
    base: name?.literal ? name.value.slice(name.value.lastIndexOf('/') + 1) : '',
    via: place.via ?? reader.via,
    editable: reader.editable,
    top: place.top,
    item: place.item,
  };
}

/** The command that a wrapper such as sudo runs. */
function unwrap(reader: Reader, command: ShellCommand, depth: number): void {
  if (depth > MAX_DEPTH) return;
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
    {
      name,
      args,
      assignments: [],
      redirects: command.redirects,
      span: hull(name.span, args.at(-1)?.span ?? name.span),
    },
    { top: command.top, item: command.item, via: command.base },
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
  const nested: Reader = {
    source,
    commands,
    signature: [],
    errors: [],
    editable: false,
    via,
    nestedErrors: [],
    hasPipe: false,
  };
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
  while (text[next] === ' ' || text[next] === '\t') next++;
  if (text[next] === '(')
    reader.errors.push({ message: "unexpected token '('", at: next, span: at(reader, next, next + 1) });
}

function readNode(
  reader: Reader,
  node: CommandNode,
  depth: number,
  top: boolean,
  item: ShellItem | undefined,
): ShellNode {
  const span = at(reader, node.pos, node.end);
  const lists: ShellList[] = [];
  const nested = (statements: readonly Statement[] | undefined): void => {
    if (statements) lists.push(readStatements(reader, statements, depth + 1));
  };
  switch (node.type) {
    case 'Command': {
      const assignments = node.prefix.filter((part): part is Assignment => part.type === 'Assignment');
      let last = Math.max(node.pos, node.name?.end ?? 0);
      for (const part of node.prefix) last = Math.max(last, part.end);
      for (const part of node.suffix) last = Math.max(last, part.end);
      const command = makeCommand(
        reader,
        {
          name: node.name ? readWord(reader, node.name) : undefined,
          args: node.args.map(argument => argumentWord(reader, argument)),
          assignments: assignments.map(assignment => readAssignment(reader, assignment)),
          redirects: node.redirects.map(redirect => readRedirect(reader, redirect)),
          span: at(reader, node.pos, last),
        },
        { top, item, via: undefined },
      );
      const { signature } = reader;
      for (const { pos, end } of assignments) signature.push(reader.source.text.slice(pos, end));
      signature.push(command.name?.text ?? '');
      for (const { text } of command.args) signature.push(text);
      for (const redirect of node.redirects) signature.push(redirectSignature(reader, redirect));
      signature.push('\u0001');
      reader.commands.push(command);
      for (const part of node.prefix) within(reader, part, depth);
      if (node.name) within(reader, node.name, depth);
      for (const part of node.suffix) within(reader, part, depth);
      for (const { end } of node.prefix) refuseParenthesis(reader, end);
      if (node.name) refuseParenthesis(reader, node.name.end);
      for (const { end } of node.suffix) refuseParenthesis(reader, end);
      unwrap(reader, command, depth);
      heredocScript(reader, command, node.redirects, depth);
      return { kind: 'command', span, command };
    }
    case 'Redirected': {
      const inner = readNode(reader, node.command, depth, top, item);
      const redirects = node.redirects.map(redirect => readRedirect(reader, redirect));
      reader.signature.push(...node.redirects.map(redirect => redirectSignature(reader, redirect)));
      return inner.kind === 'command' ? inner : { ...inner, span, redirects: [...inner.redirects, ...redirects] };
    }
    case 'Subshell':
    case 'BraceGroup':
      reader.signature.push(node.type === 'Subshell' ? '(' : '{');
      nested(node.body.commands);
      reader.signature.push(node.type === 'Subshell' ? ')' : '}');
      return { kind: node.type === 'Subshell' ? 'subshell' : 'group', span, head: '', lists, redirects: [] };
    case 'If':
      reader.signature.push('if');
      nested(node.clause.commands);
      reader.signature.push('then');
      nested(node.then.commands);
      for (const branch of node.elif) {
        reader.signature.push('elif');
        nested(branch.clause.commands);
        reader.signature.push('then');
        nested(branch.then.commands);
      }
      reader.signature.push('else');
      nested(node.else?.commands);
      reader.signature.push('fi');
      return { kind: 'if', span, head: '', lists, redirects: [] };
    case 'For':
    case 'Select': {
      const head = [node.type, node.name.text, ...(node.wordlist?.map(word => word.text) ?? ['\u0000'])].join(' ');
      reader.signature.push('for', head);
      for (const word of node.wordlist ?? []) substitutions(reader, scriptsIn(word), depth);
      nested(node.body.commands);
      reader.signature.push('done');
      return { kind: 'for', span, head, lists, redirects: [] };
    }
    case 'While':
      reader.signature.push(node.kind);
      nested(node.clause.commands);
      reader.signature.push('do');
      nested(node.body.commands);
      reader.signature.push('done');
      return { kind: 'while', span, head: node.kind, lists, redirects: [] };
    case 'Case': {
      const head = [
        node.word.text,
        ...node.items.map(item => `${item.pattern.map(word => word.text).join('|')})${item.terminator ?? ''}`),
      ].join(' ');
      reader.signature.push('case', node.word.text);
      substitutions(reader, scriptsIn(node.word), depth);
      for (const branch of node.items) {
        reader.signature.push(...branch.pattern.map(word => word.text), ')');
        for (const word of branch.pattern) substitutions(reader, scriptsIn(word), depth);
        nested(branch.body.commands);
      }
      reader.signature.push('esac');
      return { kind: 'case', span, head, lists, redirects: [] };
    }
    case 'Function': {
      reader.signature.push('function', node.name.text);
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
      reader.signature.push(head);
      substitutions(
        reader,
        node.type === 'TestCommand' ? scriptsInTest(node.expression) : scriptsInArithmetic(node.expression),
        depth,
      );
      return { kind: 'test', span, head, lists, redirects: [] };
    }
    case 'ArithmeticFor': {
      const head = reader.source.text.slice(node.pos, node.body.pos).replace(/\s+/g, ' ');
      reader.signature.push('for', head);
      for (const expression of [node.initialize, node.test, node.update])
        substitutions(reader, scriptsInArithmetic(expression), depth);
      nested(node.body.commands);
      reader.signature.push('done');
      return { kind: 'for', span, head, lists, redirects: [] };
    }
    case 'Coproc': {
      reader.signature.push('coproc', node.name?.text ?? '');
      if (node.body.type === 'CompoundList') nested(node.body.commands);
      else {
        const body = readNode(reader, node.body, depth + 1, false, undefined);
        if (body.kind !== 'command') lists.push(...body.lists);
      }
      return { kind: 'other', span, head: reader.source.text.slice(node.pos, node.end), lists, redirects: [] };
    }
  }
}

function redirectSignature(reader: Reader, redirect: Redirection): string {
  if (redirect.type !== 'HereDoc')
    return `\u0002${reader.source.text.slice(redirect.pos, redirect.end).replace(/\s+/g, '')}`;
  return `\u0002${redirect.operator}${redirect.delimiter?.text ?? ''}\u0002${redirect.body.text}`;
}

function readStatements(reader: Reader, statements: readonly Statement[], depth: number): ShellList {
  const items: ShellItem[] = [];
  if (depth > MAX_DEPTH) return { items };
  let previousEnd = -1;
  let separator: ListOperator = '';
  for (const statement of statements) {
    const pipelines = statement.command.type === 'AndOr' ? statement.command.commands : [statement.command];
    const operators = statement.command.type === 'AndOr' ? statement.command.operators : [];
    if (items.length > 0 && separator !== '&') {
      const between = reader.source.text.slice(previousEnd, statement.pos);
      separator = between.includes('\n') && !between.includes(';') ? '\n' : ';';
    }
    if (separator !== '') reader.signature.push(separator === '\n' ? ';' : separator);
    pipelines.forEach((pipeline, index) => {
      const operator: ListOperator = index === 0 ? separator : (operators[index - 1] ?? '&&');
      if (index > 0) reader.signature.push(operator);
      const commands = pipeline.type === 'Pipeline' ? pipeline.commands : [pipeline];
      const negated = pipeline.type === 'Pipeline' && pipeline.prefixes.some(prefix => prefix.type === 'Negation');
      if (negated) reader.signature.push('!');
      const joints =
        pipeline.type === 'Pipeline'
          ? [...pipeline.prefixes.map(prefix => prefix.type), ...pipeline.operators].join(' ')
          : '';
      if (commands.length > 1) reader.hasPipe = true;
      const nodes: ShellNode[] = [];
      const item: ShellItem = {
        span: at(reader, pipeline.pos, pipeline.end),
        operator,
        background: statement.background === true,
        negated,
        joints,
        nodes,
      };
      commands.forEach((node, position) => {
        if (position > 0)
          reader.signature.push(pipeline.type === 'Pipeline' ? (pipeline.operators[position - 1] ?? '|') : '|');
        nodes.push(readNode(reader, node, depth, depth === 0 && reader.via === undefined, item));
      });
      items.push(item);
    });
    previousEnd = statement.end;
    separator = statement.background ? '&' : ';';
    if (statement.background) reader.signature.push('&bg');
  }
  return { items };
}

/** Parses shell text whose offsets map to an instruction through `source`. Never throws. */
export function readScript(source: Joined, form: ShellScript['form'], interpreter: string | undefined): ShellScript {
  const reader: Reader = {
    source,
    commands: [],
    signature: [],
    errors: [],
    editable: true,
    via: undefined,
    nestedErrors: [],
    hasPipe: false,
  };
  const tooMany = source.text.split('<<').length > MAX_HEREDOCS;
  const tree: ParsedScript | undefined = tooMany ? undefined : parse(source.text);
  const list = tree ? readStatements(reader, tree.commands, 0) : { items: [] };
  const errors = [...(tree?.errors ?? []), ...reader.nestedErrors].map(error => ({
    message: error.message,
    at: error.pos,
    span: at(reader, error.pos, Math.min(error.pos + 1, source.text.length)),
  }));
  errors.push(...reader.errors);
  if (tooMany) errors.push({ message: 'too many heredocs', at: 0, span: at(reader, 0, 0) });
  // What is not understood can only be left alone.
  if (errors.length > 0) for (const command of reader.commands) Object.assign(command, { editable: false });
  return {
    source,
    list,
    commands: reader.commands.sort((a, b) => a.span.start - b.span.start),
    errors,
    form,
    interpreter,
    hasPipe: reader.hasPipe,
    signature: reader.signature.join('\u0000'),
  };
}

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
    variables: [],
  });
  const [first, ...rest] = words.map(toWord);
  const reader: Reader = {
    source,
    commands: [],
    signature: words.map(word => word.text),
    errors: [],
    editable: false,
    via: 'exec form',
    nestedErrors: [],
    hasPipe: false,
  };
  if (first) {
    const command = makeCommand(
      reader,
      {
        name: first,
        args: rest,
        assignments: [],
        redirects: [],
        span: hull(first.span, rest.at(-1)?.span ?? first.span),
      },
      { top: true, item: undefined, via: 'exec form' },
    );
    reader.commands.push(command);
    execNested(reader, command, words);
    if (!SHELLS.has(command.base)) unwrap(reader, command, 0);
  }
  return {
    source,
    list: { items: [] },
    commands: reader.commands,
    errors: [],
    form: 'exec',
    interpreter: undefined,
    hasPipe: reader.hasPipe,
    signature: JSON.stringify(words.map(word => word.text)),
  };
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
