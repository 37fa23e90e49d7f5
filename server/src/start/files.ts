import { type ContextEntry, type ContextSnapshot, contextEntry } from '../context/index.js';
import type { Placed } from '../dockerfile/index.js';
import { absolutePath, baseName, transferOf } from '../facts/files/transfer.js';
import type { FileFacts, Stage } from '../facts/index.js';
import type { ShellCommand } from '../shell/index.js';

/** A file that the build puts into the image. */
export interface ImageFile {
  /** Where it comes from: its path in the build context, or its name. */
  readonly name: string;
  /** Undefined where nobody knows what it says. */
  readonly text: string | undefined;
}

/** Where the shell looks for programs that are asked for by name. */
const PROGRAM_FOLDERS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** The file that a program's name or path means; undefined where it is none that this Dockerfile puts there. */
export function programFile(
  facts: FileFacts,
  stage: Stage,
  path: string,
  workdir: string | undefined,
): ImageFile | undefined {
  if (path.includes('/')) return fileAt(facts, stage, absolutePath(path, workdir));
  for (const folder of PROGRAM_FOLDERS) {
    const found = fileAt(facts, stage, `${folder}/${path}`);
    if (found) return found;
  }
  return undefined;
}

/** The file at an absolute path at the end of a stage, by the last instruction that puts it there. */
export function fileAt(facts: FileFacts, stage: Stage, path: string): ImageFile | undefined {
  for (const placed of facts.lineage(stage).toReversed()) {
    const { keyword } = placed.instruction;
    const found =
      keyword === 'COPY' || keyword === 'ADD'
        ? copied(facts, placed, path)
        : keyword === 'RUN'
          ? written(facts, placed, path)
          : undefined;
    if (found) return found;
  }
  return undefined;
}

function copied(facts: FileFacts, placed: Placed, path: string): ImageFile | undefined {
  const { instruction } = placed;
  const { scope, workdir } = facts.stateBefore(placed);
  const transfer = transferOf(instruction, scope);
  if (!transfer) return undefined;
  const target = absolutePath(transfer.path, workdir);
  const inside =
    path === target
      ? ''
      : path.startsWith(target === '/' ? '/' : `${target}/`)
        ? path.slice(target.length).replace(/^\//, '')
        : undefined;
  if (inside === undefined) return undefined;
  const [heredoc] = instruction.heredocs;
  if (heredoc) {
    const isIt = inside === '' || instruction.heredocs.some(({ name }) => name === inside);
    return isIt ? { name: baseName(path), text: heredoc.content } : undefined;
  }
  const name = baseName(path);
  // Another stage has it from somewhere: from the build context, when there is just one file of that name.
  if (transfer.from)
    return transfer.sources.some(({ text }) => mayHold(text, name, inside)) ? onlyOne(facts.context, name) : undefined;
  let possible: string | undefined;
  for (const source of transfer.sources) {
    if (source.kind !== 'local' || source.certainty === 'unknown') continue;
    const isFile = inside === '' || (!inside.includes('/') && baseName(source.text) === name);
    const folder = source.glob ? source.text.replace(/\/?[^/]*$/, '') : source.text;
    const entry = entryOf(
      facts.context,
      isFile && !source.glob ? [source.text, `${source.text}/${inside}`] : [`${folder}/${inside}`],
    );
    if (entry) return read(entry);
    if (isFile || (mayHold(source.text, name, inside) && facts.context?.complete !== true))
      possible ??= isFile ? source.text : path;
  }
  return possible === undefined ? undefined : { name: possible, text: undefined };
}

/** Whether a source may be a folder with that file in it: one whose name has no ending, or the whole of something. */
const mayHold = (source: string, name: string, inside: string): boolean =>
  baseName(source) === name || (inside !== '' && (/[*?[]/.test(source) || !/\.\w+$/.test(baseName(source))));

function entryOf(context: ContextSnapshot | undefined, paths: readonly string[]): ContextEntry | undefined {
  if (!context) return undefined;
  for (const path of paths) {
    const entry = contextEntry(context, path);
    if (entry?.kind === 'file') return entry;
  }
  return undefined;
}

function onlyOne(context: ContextSnapshot | undefined, name: string): ImageFile {
  const found = context?.entries.filter(({ kind, path }) => kind === 'file' && baseName(path) === name) ?? [];
  const [entry] = found;
  return entry && found.length === 1 ? read(entry) : { name, text: undefined };
}

const read = ({ path, text }: ContextEntry): ImageFile => ({ name: path, text });

/** A file that a RUN makes: `echo '…' > /start.sh`, `cat > /start.sh <<EOF`, and lines added to it with `>>`. */
function written(facts: FileFacts, placed: Placed, path: string): ImageFile | undefined {
  const name = baseName(path);
  if (!placed.instruction.text.includes(name)) return undefined;
  const { workdir } = facts.stateBefore(placed);
  const parts = facts
    .at(placed)
    .commands.filter(({ redirects }) =>
      redirects.some(
        ({ operator, target }) =>
          /^\d*>[>|]?$/.test(operator) && target?.literal && absolutePath(target.value, workdir) === path,
      ),
    )
    .map(printedBy);
  if (parts.length === 0) return undefined;
  return { name, text: parts.includes(undefined) ? undefined : parts.join('\n') };
}

/** What a command writes to its redirection; undefined where that is not known. */
function printedBy({ base, args, redirects }: ShellCommand): string | undefined {
  for (const { text } of redirects) {
    const body = /^\u0002<<[^\u0002]*\u0002([\s\S]*)$/.exec(text)?.[1];
    if (body !== undefined) return body;
  }
  if ((base !== 'echo' && base !== 'printf') || !args.every(({ literal }) => literal)) return undefined;
  return args.map(({ value }) => value.replaceAll('\\n', '\n')).join('\n');
}
