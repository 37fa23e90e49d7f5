import type { Placed } from '../../dockerfile/index.js';
import { expand, type FileFacts, type Stage } from '../index.js';
import { perStage } from '../per-stage.js';
import { workdirAt } from './image-workdir.js';
import { absolutePath, transferOf } from './transfer.js';

/** In every image with a distribution in it (Filesystem Hierarchy Standard). */
const STANDARD: ReadonlySet<string> = new Set(
  '/ /bin /dev /etc /home /lib /media /mnt /opt /proc /root /run /sbin /srv /sys /tmp /usr /usr/bin /usr/lib /usr/local /usr/local/bin /usr/sbin /usr/share /var /var/cache /var/lib /var/log /var/tmp'.split(
    ' ',
  ),
);

/** Folders that the instructions of a stage make, each with the first one that does. */
const madeIn = perStage((facts, stage): ReadonlyMap<string, number> => {
  const made = new Map<string, number>();
  for (const placed of facts.lineage(stage)) {
    for (const folder of madeBy(facts, placed)) {
      for (let path = folder; path.length > 1 && !made.has(path); path = path.slice(0, path.lastIndexOf('/')))
        made.set(path, placed.index);
    }
  }
  return made;
});

function madeBy(facts: FileFacts, placed: Placed): readonly string[] {
  const { instruction } = placed;
  const workdir = workdirAt(facts, placed);
  switch (instruction.keyword) {
    case 'WORKDIR': {
      const { text, certainty } = expand(
        instruction.arguments.text,
        facts.stateBefore(placed).scope,
        instruction.escape,
      );
      return certainty === 'known' && isWithin(text, workdir) ? [absolutePath(text, workdir)] : [];
    }
    case 'COPY':
    case 'ADD': {
      const transfer = transferOf(instruction, facts.stateBefore(placed).scope);
      if (transfer?.pathCertainty !== 'known' || !isWithin(transfer.path, workdir)) return [];
      const path = absolutePath(transfer.path, workdir);
      return [/\/\.?$/.test(transfer.path) ? path : path.slice(0, path.lastIndexOf('/'))];
    }
    case 'RUN':
      return facts
        .at(placed)
        .commands.filter(({ base, top }) => base === 'mkdir' && top)
        .flatMap(({ args }) => args.filter(word => word.literal && word.value.startsWith('/')))
        .map(({ value }) => absolutePath(value, undefined));
    default:
      return [];
  }
}

const isWithin = (path: string, workdir: string | undefined): boolean => path.startsWith('/') || workdir !== undefined;

/** Whether a path is a folder for certain when an instruction comes to be carried out. */
export function isKnownFolder(facts: FileFacts, stage: Stage, placed: Placed, path: string): boolean {
  const workdir = workdirAt(facts, placed);
  if (!isWithin(path, workdir)) return false;
  const folder = absolutePath(path, workdir);
  if ((madeIn(facts, stage).get(folder) ?? placed.index) < placed.index) return true;
  const { family, isKnown } = stage.image;
  return STANDARD.has(folder) && isKnown && !/^(?:scratch|distroless|busybox|windows|unknown)$/.test(family);
}
