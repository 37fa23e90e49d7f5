import type { ShellCommand, ShellWord } from '../../shell/index.js';
import type { FileFacts, Stage } from '../index.js';
import { find } from '../index.js';
import { calledCommands } from '../programs/called.js';

/** Options of useradd and of both kinds of adduser (BusyBox, Debian) that take the next word (useradd(8), adduser(8)). */
const LONG_WITH_VALUE = new Set([
  '--base-dir',
  '--comment',
  '--home-dir',
  '--home',
  '--expiredate',
  '--inactive',
  '--gid',
  '--groups',
  '--skel',
  '--key',
  '--password',
  '--root',
  '--prefix',
  '--shell',
  '--uid',
  '--selinux-user',
  '--ingroup',
  '--gecos',
  '--firstuid',
  '--lastuid',
  '--firstgid',
  '--lastgid',
  '--conf',
  '--add-subids-for-system',
]);
const SHORT_WITH_VALUE: Readonly<Record<string, string>> = { useradd: 'bcdefgGkKpRPsuZ', adduser: 'hgsGukcbdefKpRPZ' };

/** The account that a command creates, as the USER instruction would name it; undefined when the text does not tell. */
export function accountOf(command: ShellCommand): ShellWord | undefined {
  const letters = SHORT_WITH_VALUE[command.base] ?? '';
  for (let index = 0; index < command.args.length; index++) {
    const word = command.args[index];
    if (!word) break;
    const { value } = word;
    if (!value.startsWith('-') || value === '-') return word;
    const last = value.at(-1) ?? '';
    // `-rms /bin/sh`: the last letter of a bundle takes the next word.
    if (value.startsWith('--') ? LONG_WITH_VALUE.has(value) : letters.includes(last)) index++;
  }
  return undefined;
}

/**
 * The users that the stage and those it is built on create, latest last. An entry without a name stands for one whose
 * name cannot be written in a USER instruction.
 */
export function createdUsers(
  facts: FileFacts,
  stage: Stage,
): readonly { readonly name: string | undefined; readonly index: number }[] {
  const users: { name: string | undefined; index: number }[] = [];
  const called = calledCommands(facts, stage);
  if (!called.has('useradd') && !called.has('adduser')) return users;
  for (const placed of facts.lineage(stage)) {
    if (placed.instruction.keyword !== 'RUN') continue;
    for (const command of facts.at(placed).commands) {
      if (command.base !== 'useradd' && command.base !== 'adduser') continue;
      const word = accountOf(command);
      const known = word?.literal || word?.variables.every(name => find(stage.exit.scope, name));
      const name = word && known && /^[\w.${}-]+$/.test(word.value) ? word.value : undefined;
      if (name === 'root' || users.some(user => user.name !== undefined && user.name === name)) continue;
      users.push({ name, index: placed.index });
    }
  }
  return users;
}
