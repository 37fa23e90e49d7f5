import { type FileFacts, isRootName, type Stage } from '../../facts/index.js';
import { calledCommands } from '../../facts/programs/called.js';
import type { ShellCommand } from '../../shell/index.js';

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

/** What USER may say so that the program runs as this owner; undefined where it is not sure that there is such a user. */
export function asUser(owner: string, stage: Stage): string | undefined {
  const user = userOf(owner);
  if (/^\d+$/.test(user)) return /^\d+:\d+$/.test(owner) ? owner : `${user}:${user}`;
  const { shippedUser, accounts } = stage.exit.image;
  const has = shippedUser?.name === user || accounts?.users.has(user) === true;
  return has ? user : undefined;
}
