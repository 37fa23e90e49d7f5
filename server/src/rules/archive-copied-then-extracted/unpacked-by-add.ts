import type { Placed } from '../../dockerfile/index.js';
import { removeParagraph } from '../../edits/placing.js';
import { baseName, cleanPath, isAbsolutePath, likeCased, transferOf } from '../../facts/files/transfer.js';
import type { FileFacts } from '../../facts/index.js';
import type { ShellCommand, ShellScript } from '../../shell/index.js';
import type { RuleFix } from '../rule.js';

/** What ADD recognises by its content (Docker reference, "Adding local tar archives"); zip files it only copies. */
const TAR = /\.(?:tar(?:\.(?:gz|bz2|xz|zst))?|tgz|tbz2?|txz)$/;

/**
 * ADD in place of a COPY and of the RUN right after it, when that RUN does nothing but unpack the archive as ADD would:
 * all of it, into a folder that is named. Undefined where anything else is asked of tar. For a person to decide, since
 * the file cannot tell what owners the archive holds.
 */
export function unpackedByAdd(facts: FileFacts, copy: Placed): RuleFix | undefined {
  const transfer = transferOf(copy.instruction, facts.stateBefore(copy).scope);
  const run = facts.next(copy);
  const [source] = transfer?.sources ?? [];
  if (!transfer || !source || transfer.sources.length !== 1 || copy.instruction.flags.length > 0) return undefined;
  if (source.kind !== 'local' || source.glob || !TAR.test(source.text) || transfer.pathCertainty === 'unknown')
    return undefined;
  if (run?.instruction.keyword !== 'RUN' || run.instruction.flags.length > 0 || run.instruction.comments.length > 0)
    return undefined;
  const { script } = facts.at(run);
  const { user, workdir } = facts.stateBefore(run);
  if (!script || user.isRoot !== true) return undefined;
  const at = (path: string): string | undefined =>
    isAbsolutePath(path)
      ? cleanPath(path)
      : workdir && isAbsolutePath(workdir)
        ? cleanPath(`${workdir}/${path}`)
        : undefined;
  const archive = at(transfer.path.endsWith('/') ? transfer.path + baseName(source.text) : transfer.path);
  const folder = archive === undefined ? undefined : unpackedInto(script, archive, at);
  if (folder === undefined || /\s/.test(folder)) return undefined;
  // Nobody else may ask for the archive: not later in the stage, and other stages can copy from all but the last.
  const stage = facts.stageOf(copy);
  const asks = ({ index, instruction }: Placed): boolean =>
    index > run.index && instruction.text.includes(baseName(archive ?? source.text));
  const removal = removeParagraph(facts, run);
  if (!stage?.isFinal || stage.instructions.some(asks) || !removal) return undefined;
  return {
    title: 'Unpack it with ADD, and drop the RUN',
    safety: 'manual',
    edits: [
      { span: copy.instruction.keywordSpan, text: likeCased(copy.instruction.rawKeyword, 'ADD') },
      { span: transfer.target.span, text: folder.endsWith('/') ? folder : `${folder}/` },
      removal,
    ],
    effect: { renames: { COPY: 'ADD' }, arguments: true, removes: ['RUN'], commands: true },
  };
}

/** The folder that a script unpacks an archive into, when it does just that: `mkdir`, `tar`, and `rm` of the archive. */
function unpackedInto(
  script: ShellScript,
  archive: string,
  at: (path: string) => string | undefined,
): string | undefined {
  const { items } = script.list;
  if (script.errors.length > 0 || items.some(item => item.nodes.length !== 1 || item.background || item.negated))
    return undefined;
  if (items.slice(1).some(item => item.operator !== '&&')) return undefined;
  const commands = items.flatMap(item => item.nodes.flatMap(node => (node.kind === 'command' ? node.command : [])));
  if (commands.length !== items.length || commands.some(command => !isPlain(command))) return undefined;
  const tar = commands.findIndex(command => command.name?.value === 'tar');
  const folder = extraction(commands[tar], archive, at);
  if (folder === undefined) return undefined;
  const before = commands.slice(0, tar).every(command => command.name?.value === 'mkdir' && makes(command, folder, at));
  const after = commands.slice(tar + 1).every(command => command.name?.value === 'rm' && removes(command, archive, at));
  return before && after ? folder : undefined;
}

const isPlain = (command: ShellCommand): boolean =>
  command.via === undefined &&
  command.assignments.length === 0 &&
  command.redirects.length === 0 &&
  command.args.every(word => word.literal);

/** What `tar` is told: undefined unless it unpacks all of the archive, and nothing is said about how. */
function extraction(
  command: ShellCommand | undefined,
  archive: string,
  at: (path: string) => string | undefined,
): string | undefined {
  if (!command) return undefined;
  let file: string | undefined;
  let folder = at('.');
  let extracts = false;
  const words = command.args.map(word => word.value);
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const long = /^--(file|directory)(?:=(.+))?$/.exec(word);
    const bundle = /^-?([xzjJvp]*)(f?)$/.exec(word);
    if (long) {
      const value = long[2] ?? words[++index];
      if (value === undefined) return undefined;
      if (long[1] === 'file') file = value;
      else folder = at(value);
    } else if (word === '-C') folder = at(words[++index] ?? '');
    else if (/^--(?:extract|get|verbose|gzip|bzip2|xz|zstd|auto-compress)$/.test(word))
      extracts ||= word === '--extract' || word === '--get';
    else if (bundle && (word.startsWith('-') || index === 0)) {
      extracts ||= bundle[1]?.includes('x') === true;
      if (bundle[2] === 'f') file = words[++index];
    } else return undefined;
  }
  return extracts && file !== undefined && at(file) === archive ? folder : undefined;
}

const makes = (command: ShellCommand, folder: string, at: (path: string) => string | undefined): boolean =>
  command.args.every(({ value }) => value === '-p' || value === '--parents' || at(value) === folder);

const removes = (command: ShellCommand, archive: string, at: (path: string) => string | undefined): boolean =>
  command.args.every(({ value }) => /^-[rfv]+$/.test(value) || at(value) === archive);
