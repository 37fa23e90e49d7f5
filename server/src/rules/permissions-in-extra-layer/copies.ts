import type { Placed } from '../../dockerfile/index.js';
import { workdirAt } from '../../facts/files/image-workdir.js';
import { absolutePath, baseName, type Transfer, transferOf } from '../../facts/files/transfer.js';
import type { FileFacts, Stage } from '../../facts/index.js';

/** A COPY and where its files are afterwards. */
export interface Copied {
  readonly placed: Placed;
  readonly target: string;
}

/** Folders of the project, which a base image does not fill: `/app`, `/opt/app`, `/home/node/app`. */
const OWN_FOLDER =
  /^\/(?!(?:bin|boot|dev|etc|home|lib\w*|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)(?:\/|$))[\w.-]+(?:\/|$)|^\/(?:opt|srv|usr\/src|home\/[\w.-]+)\/[\w.-]+/;

/** The COPYs that have brought all that is at these paths of a stage above a RUN; undefined where something else may have. */
export function copiesOf(
  facts: FileFacts,
  stage: Stage,
  placed: Placed,
  paths: readonly string[],
  areFolders: boolean,
): readonly Copied[] | undefined {
  const found: Copied[] = [];
  const workdir = workdirAt(facts, placed);
  for (const path of paths) {
    if (/[*?[~]/.test(path) || (!path.startsWith('/') && workdir === undefined)) return undefined;
    const place = absolutePath(path, workdir);
    const copies = areFolders ? fillingFolder(facts, stage, placed, place) : bringingFile(facts, stage, placed, place);
    if (!copies) return undefined;
    found.push(...copies);
  }
  const all = [...new Map(found.map(copy => [copy.placed, copy])).values()];
  // A flag is for all files of a COPY: each of them has to be named.
  const isWhole = areFolders || all.every(({ placed: copy }) => copy.instruction.words.length === 2);
  const hasFlag = all.some(({ placed: copy }) => copy.instruction.flag(areFolders ? 'chown' : 'chmod') !== undefined);
  return all.length > 0 && isWhole && !hasFlag ? all : undefined;
}

/** All COPYs into a folder, where nothing but them and WORKDIR has made or filled it. */
function fillingFolder(facts: FileFacts, stage: Stage, run: Placed, folder: string): readonly Copied[] | undefined {
  if (!OWN_FOLDER.test(folder) || !stage.image.isKnown) return undefined;
  const found: Copied[] = [];
  for (const placed of facts.lineage(stage)) {
    if (placed.index >= run.index) break;
    const { instruction } = placed;
    const workdir = workdirAt(facts, placed);
    if (instruction.keyword === 'RUN') {
      // Where it works, and what it names, it may write.
      if (workdir === undefined || isIn(workdir, folder) || instruction.text.includes(folder)) return undefined;
      continue;
    }
    if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') continue;
    const transfer = transferOf(instruction, facts.stateBefore(placed).scope);
    const target = transfer && targetOf(transfer, workdir);
    if (target === undefined) return undefined;
    if (!isIn(target, folder)) {
      if (isIn(folder, target)) return undefined;
      continue;
    }
    if (instruction.keyword === 'ADD' || facts.stageOf(placed) !== stage) return undefined;
    found.push({ placed, target });
  }
  return found;
}

/** The COPY that brings just this file, where no RUN comes in between that may change it. */
function bringingFile(facts: FileFacts, stage: Stage, run: Placed, file: string): readonly Copied[] | undefined {
  const own = stage.instructions.filter(({ index }) => index < run.index);
  for (const placed of own.toReversed()) {
    const { instruction } = placed;
    if (instruction.keyword === 'RUN' && instruction.text.includes(baseName(file))) return undefined;
    if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') continue;
    const transfer = transferOf(instruction, facts.stateBefore(placed).scope);
    const target = transfer && targetOf(transfer, workdirAt(facts, placed));
    if (!transfer || target === undefined) return undefined;
    const [source] = transfer.sources;
    const isFolder = /(?:^|\/)\.{0,2}$/.test(transfer.path);
    const path = isFolder ? `${target === '/' ? '' : target}/${baseName(source?.text ?? '')}` : target;
    if (path === file && isFileName(source?.text, transfer))
      return instruction.keyword === 'COPY' ? [{ placed, target }] : undefined;
    // A folder that is copied may have it too.
    if (isIn(file, target)) return undefined;
  }
  return undefined;
}

/** One file by its name, not a folder: it has an ending, or another stage has it in a folder of programs. */
const isFileName = (source: string | undefined, { sources, from }: Transfer): boolean =>
  source !== undefined &&
  sources.length === 1 &&
  sources[0]?.certainty === 'known' &&
  !sources[0].glob &&
  (/\.\w+$/.test(baseName(source)) ||
    sources[0].kind === 'heredoc' ||
    (from !== undefined && /\/bin\/[^/]+$/.test(source)));

function targetOf({ path, pathCertainty }: Transfer, workdir: string | undefined): string | undefined {
  if (pathCertainty !== 'known' || (!path.startsWith('/') && workdir === undefined)) return undefined;
  return absolutePath(path, workdir);
}

const isIn = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`);
