import type { Placed } from '../../dockerfile/index.js';
import { startsAtRoot } from '../../facts/files/image-workdir.js';
import { absolutePath, transferOf } from '../../facts/files/transfer.js';
import { type FileFacts, mountsOf, type Stage } from '../../facts/index.js';
import type { ShellCommand } from '../../shell/index.js';

/** A folder that certainly belongs to root when an instruction is carried out. */
export interface RootFolder {
  /** The USER from which on somebody else works in it. */
  readonly usedFrom: Placed | undefined;
  /** What is copied into it may bring folders that the user owns. */
  readonly mayHoldFolders: boolean;
}

/** Where images and packages have folders of their own, whose owners are not known here. */
const OF_IMAGES = /^\/(?:home|root|tmp|var|run|go|dev|proc|sys|usr\/local|usr\/share|etc)(?:\/|$)|^\/$/;
/** They change owners and modes, or replace one by another folder. */
const CHANGES = /^(?:chown|chmod|chgrp|setfacl|install|mv|ln|rsync|useradd|adduser|usermod|mount|unzip|tar)$/;
/** What they do is not known. */
const OPAQUE = /^(?:|make|sudo|su|doas|ansible.*|source|\.|eval|find|xargs)$/;

/** The folder, when a WORKDIR or COPY of root makes it before the instruction and nothing gives it to somebody else. */
export function rootFolder(facts: FileFacts, stage: Stage, until: Placed, folder: string): RootFolder | undefined {
  if (!startsAtRoot(stage) || OF_IMAGES.test(folder)) return undefined;
  const before = facts.lineage(stage).filter(({ index }) => index < until.index);
  let isMade = false;
  let mayHoldFolders = false;
  for (const placed of before) {
    const { keyword } = placed.instruction;
    if (keyword === 'RUN') {
      if (mayChange(facts, placed, folder)) return undefined;
    } else if (keyword === 'WORKDIR') {
      if (isMade || !isWithin(workdirAfter(facts, placed), folder)) continue;
      if (facts.at(placed).user.isRoot !== true) return undefined;
      isMade = true;
    } else if (keyword === 'COPY' || keyword === 'ADD') {
      const copied = intoFolder(facts, placed, folder);
      if (copied === 'unknown') return undefined;
      if (copied === 'no') continue;
      const isOwned = placed.instruction.flag('chown') !== undefined;
      if (isOwned && !isMade) return undefined;
      isMade = true;
      mayHoldFolders ||= isOwned && !bringsFilesOnly(facts, placed);
    }
  }
  if (!isMade || mayBeMounted(until, folder)) return undefined;
  return { usedFrom: before.findLast(({ instruction }) => instruction.keyword === 'USER'), mayHoldFolders };
}

const isWithin = (path: string | undefined, folder: string): boolean =>
  path === folder || (path?.startsWith(`${folder}/`) ?? false);

function workdirAfter(facts: FileFacts, placed: Placed): string | undefined {
  const stage = facts.stageOf(placed);
  const next = stage?.instructions[stage.instructions.indexOf(placed) + 1];
  return next ? facts.stateBefore(next).workdir : stage?.exit.workdir;
}

/** Whether a COPY puts something into a folder. */
function intoFolder(facts: FileFacts, placed: Placed, folder: string): 'yes' | 'no' | 'unknown' {
  const { scope, workdir } = facts.stateBefore(placed);
  const transfer = transferOf(placed.instruction, scope);
  if (!transfer || transfer.pathCertainty === 'unknown') return 'unknown';
  const target = absolutePath(transfer.path, workdir);
  if (isWithin(target, folder)) return 'yes';
  // What is copied to a folder above may have this one in it.
  return folder.startsWith(target === '/' ? '/' : `${target}/`) ? 'unknown' : 'no';
}

/** Whether all that is copied are files: folders among them may be those that the command writes to. */
function bringsFilesOnly(facts: FileFacts, { instruction }: Placed): boolean {
  const words = instruction.words.slice(0, -1);
  if (
    words.every(({ text }) => /\.(?:json|lock|ya?ml|toml|txt|xml|[cm]?js|ts|lockb)$|package\*|\/?\w+\.\w+$/.test(text))
  )
    return true;
  const { context } = facts;
  if (!context?.complete) return false;
  return !context.entries.some(({ path }) => /^(?:node_modules|vendor|\.venv|venv|logs|tmp)$/.test(path));
}

/** Whether a RUN may give the folder to somebody else. */
function mayChange(facts: FileFacts, placed: Placed, folder: string): boolean {
  const { script, user } = facts.at(placed);
  // A program of the project may do anything; one that is not root's may not.
  if (!script || script.errors.length > 0) return true;
  const { workdir } = facts.stateBefore(placed);
  return script.commands.some(command => {
    if (OPAQUE.test(command.base) || command.name?.value.includes('./')) return true;
    return (
      user.isRoot === true && CHANGES.test(command.base) && command.args.some(word => concerns(word, workdir, folder))
    );
  });
}

function concerns(
  { value, literal }: ShellCommand['args'][number],
  workdir: string | undefined,
  folder: string,
): boolean {
  if (!literal) return true;
  if (value.startsWith('-')) return /=\//.test(value);
  const path = absolutePath(value, workdir);
  // A folder in it that belongs to the user may be all that is written to.
  return isWithin(path, folder) || folder.startsWith(path === '/' ? '/' : `${path}/`);
}

/** Whether a mount takes the place of something in the folder. */
const mayBeMounted = ({ instruction }: Placed, folder: string): boolean =>
  mountsOf(instruction).some(
    ({ target }) => target === undefined || !target.startsWith('/') || isWithin(target, folder),
  );
