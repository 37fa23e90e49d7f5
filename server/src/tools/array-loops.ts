import { join } from 'node:path';
import type { Expression, ForOfStatement, Node } from 'typescript/unstable/ast';
import {
  isArrayBindingPattern,
  isBindingElement,
  isCallExpression,
  isForOfStatement,
  isIdentifier,
  isPropertyAccessExpression,
  isVariableDeclarationList,
} from 'typescript/unstable/ast/is';
import { API, type Checker, type Type, TypeFlags } from 'typescript/unstable/sync';
import { applyEdits } from '../text/edits.js';
import type { Edit } from '../text/span.js';

/** Sources in which loops over arrays count, by their paths. */
export type Sources = ReadonlyMap<string, string>;

/**
 * The sources of a project in which `for (const one of all)` over an array is written with an index. Both mean the same for
 * what the compiler knows to be an array; but until V8 optimises a loop, which hardly any run of the command line lives to
 * see, each start of the first calls for an iterator, and each step for an object that says whether it is the last.
 *
 * @throws Error when the project cannot be read.
 */
export function arrayLoops(config: string): Sources {
  const api = new API({ cwd: join(config, '..') });
  try {
    const project = api.updateSnapshot({ openProjects: [config] }).getProject(config);
    if (!project) throw new Error(`${config} is no project`);
    const { program, checker } = project;
    const sources = new Map<string, string>();
    for (const name of program.getSourceFileNames()) {
      if (name.includes('/node_modules/') || name.endsWith('.d.ts') || !name.endsWith('.ts')) continue;
      const file = program.getSourceFile(name);
      if (!file) throw new Error(`${name} cannot be read`);
      const loops = loopsOf(file);
      if (loops.length === 0) continue;
      const types = checker.getTypeAtLocation(loops.map(({ all }) => all));
      const edits = loops.flatMap((loop, index) => (isArray(checker, types[index]) ? editsFor(loop, index) : []));
      sources.set(name, applyEdits(file.text, edits));
    }
    return sources;
  } finally {
    api.close();
  }
}

interface Loop {
  readonly statement: ForOfStatement;
  /** What it goes over, where that is an array. */
  readonly all: Expression;
  /** What it declares: the item, or `[index, item]` of `all.entries()`. */
  readonly index: Node | undefined;
  readonly item: Node;
}

function loopsOf(file: Node): readonly Loop[] {
  const loops: Loop[] = [];
  const visit = (node: Node): void => {
    // `for (one of all)` and `for await` stay as they are.
    const loop = isForOfStatement(node) && !node.awaitModifier ? loopOf(node) : undefined;
    if (loop) loops.push(loop);
    node.forEachChild(visit);
  };
  visit(file);
  return loops;
}

function loopOf(statement: ForOfStatement): Loop | undefined {
  const { initializer, expression } = statement;
  const declared = isVariableDeclarationList(initializer) ? initializer.declarations[0]?.name : undefined;
  // A resource that is disposed of (`using`) stays with its loop.
  const word = wordOf(initializer);
  if (!declared || (word !== 'const' && word !== 'let')) return undefined;
  const isCall = isCallExpression(expression) && isPropertyAccessExpression(expression.expression);
  if (!isCall || expression.expression.name.text !== 'entries' || expression.arguments.length > 0)
    return { statement, all: expression, index: undefined, item: declared };
  if (!isArrayBindingPattern(declared)) return undefined;
  const [index, item, ...more] = declared.elements;
  const isPair = index && item && more.length === 0 && isBindingElement(index) && isBindingElement(item);
  if (!isPair || !index.name || !isIdentifier(index.name) || index.initializer) return undefined;
  if (!item.name || item.initializer || item.dotDotDotToken) return undefined;
  return { statement, all: expression.expression.expression, index: index.name, item: item.name };
}

/** What a declaration begins with. */
const wordOf = (declaration: Node): string | undefined => /^\w+/.exec(textOf(declaration))?.[0];

/** Behind the comments and blanks before it. */
const startOf = (node: Node): number => node.getStart(node.getSourceFile());

const textOf = (node: Node): string => node.getSourceFile().text.slice(startOf(node), node.end);

const isArray = (checker: Checker, type: Type | undefined): boolean =>
  type !== undefined && (type.flags & TypeFlags.Any) === 0 && checker.isArrayLikeType(type);

/** `for (const one of all) body` as `for (let $a0 = (all), $i0 = 0; $i0 < $a0.length; $i0++) { const one = $a0[$i0]; body }`. */
function editsFor(
  { statement: { initializer, expression, statement }, all, index, item }: Loop,
  number: number,
): readonly Edit[] {
  const [array, at] = [`$a${number}`, `$i${number}`];
  const first = index ? `${textOf(index)} = ${at}, ` : '';
  const declaration = `${wordOf(initializer)} ${first}${textOf(item)} = ${array}[${at}]`;
  return [
    { span: { start: startOf(initializer), end: startOf(expression) }, text: `let ${array} = (` },
    { span: { start: all.end, end: expression.end }, text: `), ${at} = 0; ${at} < ${array}.length; ${at}++` },
    { span: { start: startOf(statement), end: startOf(statement) }, text: `{ ${declaration}; ` },
    { span: { start: statement.end, end: statement.end }, text: ' }' },
  ];
}
