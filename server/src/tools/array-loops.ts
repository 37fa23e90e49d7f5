import { join } from 'node:path';
import type { ForOfStatement, Node } from 'typescript/unstable/ast';
import { isForOfStatement, isVariableDeclarationList } from 'typescript/unstable/ast/is';
import { API, type Checker, type Type, TypeFlags } from 'typescript/unstable/sync';

/** Sources in which loops over arrays count, by their paths. */
export type Sources = ReadonlyMap<string, string>;

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

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
      const types = checker.getTypeAtLocation(loops.map(({ expression }) => expression));
      const edits = loops.flatMap((loop, index) => (isArray(checker, types[index]) ? editsFor(loop, index) : []));
      sources.set(name, withEdits(file.text, edits));
    }
    return sources;
  } finally {
    api.close();
  }
}

function loopsOf(file: Node): readonly ForOfStatement[] {
  const loops: ForOfStatement[] = [];
  const visit = (node: Node): void => {
    // `for (one of all)` and `for await` stay as they are.
    if (isForOfStatement(node) && !node.awaitModifier && isVariableDeclarationList(node.initializer)) loops.push(node);
    node.forEachChild(visit);
  };
  visit(file);
  return loops;
}

const isArray = (checker: Checker, type: Type | undefined): boolean =>
  type !== undefined && (type.flags & TypeFlags.Any) === 0 && checker.isArrayLikeType(type);

/** `for (const one of all) body` as `for (let $a0 = (all), $i0 = 0; $i0 < $a0.length; $i0++) { const one = $a0[$i0]; body }`. */
function editsFor({ initializer, expression, statement }: ForOfStatement, number: number): readonly Edit[] {
  const [array, index] = [`$a${number}`, `$i${number}`];
  const file = initializer.getSourceFile();
  const start = initializer.getStart(file);
  const binding = file.text.slice(start, initializer.end);
  return [
    { start, end: expression.getStart(file), text: `let ${array} = (` },
    { start: expression.end, end: expression.end, text: `), ${index} = 0; ${index} < ${array}.length; ${index}++` },
    { start: statement.getStart(file), end: statement.getStart(file), text: `{ ${binding} = ${array}[${index}]; ` },
    { start: statement.end, end: statement.end, text: ' }' },
  ];
}

function withEdits(text: string, edits: readonly Edit[]): string {
  // What closes an inner loop stands before what closes the outer one at the same place.
  const order = edits.map((edit, index) => ({ ...edit, index })).sort((a, b) => a.start - b.start || a.index - b.index);
  let done = 0;
  let result = '';
  for (const { start, end, text: added } of order) {
    result += text.slice(done, start) + added;
    done = end;
  }
  return result + text.slice(done);
}
