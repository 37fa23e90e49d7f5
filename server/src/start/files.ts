import { type ContextEntry, type ContextSnapshot, contextEntry } from '../context/index.js';
import type { Placed } from '../dockerfile/index.js';
import { absolutePath, baseName, transferOf } from '../facts/files/transfer.js';
import type { FileFacts, Stage } from '../facts/index.js';

/** A file of the image: its text, or that the build puts it there and nobody knows what it says. */
export type ImageFile = { readonly name: string; readonly text: string } | 'unread';

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
  let isPossible = false;
  for (const source of transfer.sources) {
    if (source.kind !== 'local' || source.certainty === 'unknown') continue;
    const isFile = inside === '' || (!inside.includes('/') && baseName(source.text) === name);
    const folder = source.glob ? source.text.replace(/\/?[^/]*$/, '') : source.text;
    const entry = entryOf(
      facts.context,
      isFile && !source.glob ? [source.text, `${source.text}/${inside}`] : [`${folder}/${inside}`],
    );
    if (entry) return read(entry);
    isPossible ||= isFile || (mayHold(source.text, name, inside) && facts.context?.complete !== true);
  }
  return isPossible ? 'unread' : undefined;
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
  return entry && found.length === 1 ? read(entry) : 'unread';
}

const read = (entry: ContextEntry): ImageFile =>
  entry.text === undefined ? 'unread' : { name: entry.path, text: entry.text };

/** A file that a RUN makes: `echo '…' > /start.sh`, `cat > /start.sh <<EOF`. */
function written(facts: FileFacts, placed: Placed, path: string): ImageFile | undefined {
  if (!placed.instruction.text.includes(baseName(path))) return undefined;
  const { workdir } = facts.stateBefore(placed);
  for (const command of facts.at(placed).commands) {
    const isTarget = command.redirects.some(
      ({ operator, target }) =>
        /^\d*>[>|]?$/.test(operator) && target?.literal && absolutePath(target.value, workdir) === path,
    );
    if (!isTarget) continue;
    const body = command.redirects
      .map(({ text }) => /^\u0002<<[^\u0002]*\u0002([\s\S]*)$/.exec(text)?.[1])
      .find(text => text !== undefined);
    if (body !== undefined) return { name: baseName(path), text: body };
    const isPrinted =
      (command.base === 'echo' || command.base === 'printf') && command.args.every(({ literal }) => literal);
    return isPrinted
      ? { name: baseName(path), text: command.args.map(({ value }) => value.replaceAll('\\n', '\n')).join('\n') }
      : 'unread';
  }
  return undefined;
}
