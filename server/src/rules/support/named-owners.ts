import { type FileFacts, isRootName, rootOf, type Stage } from '../../facts/index.js';
import type { ShellCommand } from '../../shell/index.js';
import { calledCommands } from './called-commands.js';

/**
 * The owners, other than root, that the stage and those it is built on give files to, as written: `--chown` of COPY and
 * ADD, and chown in a RUN. Who owns the program's files is whom it is meant to run as.
 */
export function namedOwners(facts: FileFacts, stage: Stage): readonly string[] {
  const owners = new Set<string>();
  const gives = calledCommands(facts, stage).has('chown');
  for (const placed of facts.lineage(stage)) {
    const { instruction } = placed;
    if (instruction.keyword === 'COPY' || instruction.keyword === 'ADD') {
      const owner = instruction.flags.length > 0 ? instruction.flag('chown')?.value : undefined;
      if (owner !== undefined) owners.add(owner);
    } else if (gives && instruction.keyword === 'RUN') {
      for (const command of facts.at(placed).commands) {
        const owner = command.base === 'chown' ? ownerOf(command) : undefined;
        if (owner !== undefined) owners.add(owner);
      }
    }
  }
  return owners.size === 0 ? NONE : [...owners].filter(owner => !isRootName(userOf(owner)));
}

const NONE: readonly string[] = [];

export const userOf = (owner: string): string => owner.replace(/[:.].*$/, '');

function ownerOf(command: ShellCommand): string | undefined {
  const first = command.args.find(word => !word.value.startsWith('-'));
  return first && !first.value.startsWith('/') ? first.value : undefined;
}

/** Accounts that every image of a family has from the start (base-passwd of Debian; alpine-baselayout). */
const DEBIAN = new Set(['www-data', 'nobody', 'games', 'mail', 'backup', 'daemon']);
const ALPINE = new Set(['nobody', 'guest', 'mail', 'games', 'daemon']);

/** What USER may say so that the program runs as this owner; undefined where it is not sure that there is such a user. */
export function asUser(owner: string, stage: Stage): string | undefined {
  const user = userOf(owner);
  if (/^\d+$/.test(user)) return /^\d+:\d+$/.test(owner) ? owner : `${user}:${user}`;
  const { shippedUser, family } = stage.exit.image;
  const has =
    shippedUser?.name === user ||
    ((family === 'debian' || family === 'ubuntu') && DEBIAN.has(user)) ||
    (family === 'alpine' && ALPINE.has(user)) ||
    (user === 'ubuntu' && hasUbuntu(stage));
  return has ? user : undefined;
}

/** Ubuntu has a user of its name since 23.04. */
function hasUbuntu(stage: Stage): boolean {
  const { base } = rootOf(stage);
  if (base.kind !== 'image' || base.reference.path.replace(/^library\//, '') !== 'ubuntu') return false;
  const { tag = 'latest' } = base.reference;
  return Number.parseFloat(tag) >= 23.04 || /^(?:latest|rolling|devel|noble|plucky|questing|resolute)/.test(tag);
}
