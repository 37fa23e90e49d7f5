import type { ComposeMount } from '../../context/index.js';
import { baseName } from '../../facts/files/transfer.js';
import { finalServices } from '../../facts/final-services.js';
import type { FileFacts, Stage } from '../../facts/index.js';
import { isOfSystem, isShared, isWritten } from './places.js';

/** What a Compose service that is built from the file asks for, and only root can make use of. */
export function rightInCompose(facts: FileFacts): { readonly service: string; readonly right: string } | undefined {
  for (const { name, wantsOfRoot } of finalServices(facts))
    if (wantsOfRoot !== undefined) return { service: name, right: wantsOfRoot };
  return undefined;
}

/** A folder or database of the host that Compose mounts to be written to: it belongs to whoever made it there. */
export const hostFolderInCompose = (facts: FileFacts, stage: Stage): ComposeMount | undefined =>
  mountsOf(facts).find(({ kind, target }) => kind === 'bind' && !isAround(stage, target) && isWrittenTo(target));

const isWrittenTo = (target: string): boolean =>
  isWritten(baseName(target)) || target === '/config' || /\.(?:db|sqlite3?|log)$/.test(target);

/** The sources themselves, for developing. */
const isAround = ({ exit: { workdir } }: Stage, target: string): boolean =>
  workdir !== undefined && (target === workdir || workdir.startsWith(target.replace(/\/?$/, '/')));

/** Where Compose mounts volumes with a name: a new one gets the owner of the directory in the image. */
export const volumesInCompose = (facts: FileFacts): readonly string[] =>
  mountsOf(facts)
    .filter(({ kind, target }) => kind === 'volume' && !isOfSystem(target) && !isShared(target))
    .map(({ target }) => target.replace(/\/$/, ''));

const mountsOf = (facts: FileFacts): readonly ComposeMount[] => finalServices(facts).flatMap(({ mounts }) => mounts);
