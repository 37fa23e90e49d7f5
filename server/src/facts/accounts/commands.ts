import type { ShellCommand } from '../../shell/index.js';

/** A group or user that a command creates, in terms that every dialect has. Words are as written, quotes included. */
export interface Account {
  readonly kind: 'group' | 'user';
  readonly names: readonly string[];
  readonly id: string | undefined;
  /** Of a user: its primary group. */
  readonly group: string | undefined;
  readonly groups: readonly string[];
  readonly home: string | undefined;
  /** Undefined: as the command does by default. */
  readonly createHome: boolean | undefined;
  readonly shell: string | undefined;
  readonly comment: string | undefined;
  readonly system: boolean;
  /** A group of the user's own name is asked for (true) or refused (false). */
  readonly ownGroup: boolean | undefined;
}

export type Dialect = 'shadow' | 'busybox' | 'debian';

type Field =
  | 'id'
  | 'group'
  | 'groups'
  | 'home'
  | 'createHome'
  | 'noHome'
  | 'shell'
  | 'comment'
  | 'system'
  | 'ownGroup'
  | 'noOwnGroup'
  | 'ignore'
  | 'ignoreValue';

const TAKES_VALUE = new Set<Field>(['id', 'group', 'groups', 'home', 'shell', 'comment', 'ignoreValue']);

/** Options by dialect and command; what is not listed here makes a command one that is not translated. */
const OPTIONS: Readonly<Record<string, Readonly<Record<string, Field>>>> = {
  // groupadd(8), useradd(8)
  groupadd: { '-g': 'id', '--gid': 'id', '-r': 'system', '--system': 'system', '-f': 'ignore', '--force': 'ignore' },
  useradd: {
    '-u': 'id',
    '--uid': 'id',
    '-g': 'group',
    '--gid': 'group',
    '-G': 'groups',
    '--groups': 'groups',
    '-d': 'home',
    '--home-dir': 'home',
    '--home': 'home',
    '-m': 'createHome',
    '--create-home': 'createHome',
    '-M': 'noHome',
    '--no-create-home': 'noHome',
    '-s': 'shell',
    '--shell': 'shell',
    '-c': 'comment',
    '--comment': 'comment',
    '-r': 'system',
    '--system': 'system',
    '-U': 'ownGroup',
    '--user-group': 'ownGroup',
    '-N': 'noOwnGroup',
    '--no-user-group': 'noOwnGroup',
    '-l': 'ignore',
    '--no-log-init': 'ignore',
  },
  // Debian's adduser(8), and the long options that BusyBox has too
  adduser: {
    '--uid': 'id',
    '--gid': 'group',
    '--ingroup': 'group',
    '--home': 'home',
    '--no-create-home': 'noHome',
    '--shell': 'shell',
    '--gecos': 'comment',
    '--comment': 'comment',
    '--system': 'system',
    '--group': 'ownGroup',
    '--disabled-password': 'ignore',
    '--disabled-login': 'ignore',
    '--quiet': 'ignore',
    '-q': 'ignore',
    '--force-badname': 'ignore',
  },
  addgroup: { '--gid': 'id', '--system': 'system', '--quiet': 'ignore', '-q': 'ignore', '--force-badname': 'ignore' },
  // BusyBox
  'busybox adduser': {
    '-u': 'id',
    '-G': 'group',
    '-h': 'home',
    '-s': 'shell',
    '-g': 'comment',
    '-S': 'system',
    '-D': 'ignore',
    '-H': 'noHome',
    '--uid': 'id',
    '--ingroup': 'group',
    '--home': 'home',
    '--shell': 'shell',
    '--gecos': 'comment',
    '--system': 'system',
    '--disabled-password': 'ignore',
    '--no-create-home': 'noHome',
  },
  'busybox addgroup': { '-g': 'id', '-S': 'system', '--gid': 'id', '--system': 'system' },
};

/** Reads a command that creates a user or group; undefined where it does more than can be said in every dialect. */
export function readAccount(command: ShellCommand, dialect: Dialect): Account | undefined {
  const { base } = command;
  const table =
    OPTIONS[dialect === 'busybox' && (base === 'adduser' || base === 'addgroup') ? `busybox ${base}` : base];
  if (!table || command.redirects.length > 0 || command.assignments.length > 0) return undefined;
  const values = new Map<Field, string>();
  const names: string[] = [];
  const words = command.args;
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (!word) break;
    const { value, text } = word;
    if (!value.startsWith('-') || value === '-') {
      names.push(text);
      continue;
    }
    const equals = text.indexOf('=');
    if (value.startsWith('--')) {
      const field = table[equals < 0 ? value : text.slice(0, equals)];
      if (!field) return undefined;
      const takes = TAKES_VALUE.has(field);
      if (equals >= 0 && !takes) return undefined;
      const given = equals >= 0 ? text.slice(equals + 1) : takes ? words[++index]?.text : '';
      if (given === undefined) return undefined;
      values.set(field, given);
      continue;
    }
    if (/["'$`\\]/.test(text)) return undefined;
    // A bundle: the first option that takes a value takes the rest of the word, or the next word.
    for (let at = 1; at < value.length; at++) {
      const field = table[`-${value[at]}`];
      if (!field) return undefined;
      if (!TAKES_VALUE.has(field)) {
        values.set(field, '');
        continue;
      }
      const given = at + 1 < value.length ? value.slice(at + 1) : words[++index]?.text;
      if (given === undefined) return undefined;
      values.set(field, given);
      break;
    }
  }
  if (names.length === 0) return undefined;
  return {
    kind: base === 'groupadd' || base === 'addgroup' ? 'group' : 'user',
    names,
    id: values.get('id'),
    group: values.get('group'),
    groups: values.get('groups')?.split(',') ?? [],
    home: values.get('home'),
    createHome: values.has('createHome') ? true : values.has('noHome') ? false : undefined,
    shell: values.get('shell'),
    comment: values.get('comment'),
    system: values.has('system'),
    ownGroup: values.has('ownGroup') ? true : values.has('noOwnGroup') ? false : undefined,
  };
}

/** The commands that create an account with BusyBox. `id` is given to one that has none. */
export function asBusybox(account: Account, id: string | undefined, hasBash: boolean): string | undefined {
  const [name] = account.names;
  if (name === undefined || account.names.length !== 1) return undefined;
  const number = account.id ?? (account.system ? undefined : id);
  if (account.kind === 'group')
    return ['addgroup', ...(account.system ? ['-S'] : []), ...(number === undefined ? [] : ['-g', number]), name].join(
      ' ',
    );
  const needsGroup = account.group === undefined && account.system && account.ownGroup !== false;
  const group = account.group ?? (needsGroup ? name : account.ownGroup === false ? 'users' : undefined);
  const words = ['adduser', ...(account.system ? ['-S'] : []), '-D'];
  if (account.createHome === false || (account.system && account.createHome === undefined)) words.push('-H');
  if (number !== undefined) words.push('-u', number);
  if (group !== undefined) words.push('-G', group);
  if (account.home !== undefined) words.push('-h', account.home);
  words.push('-s', busyboxShell(account.shell, hasBash));
  if (account.comment !== undefined && account.comment !== '""' && account.comment !== "''")
    words.push('-g', account.comment);
  words.push(name);
  const commands = [words.join(' '), ...account.groups.map(other => `addgroup ${name} ${other}`)];
  if (needsGroup) commands.unshift(`addgroup -S${number === undefined ? '' : ` -g ${number}`} ${name}`);
  return commands.join(' && ');
}

/** A login shell that the image has: without bash nobody can log in with it, and nologin is what a service needs. */
function busyboxShell(shell: string | undefined, hasBash: boolean): string {
  if (shell === undefined || /\/nologin$/.test(shell)) return '/sbin/nologin';
  if (/\/(?:bash|zsh|ksh|dash)$/.test(shell)) return hasBash && shell.endsWith('/bash') ? shell : '/sbin/nologin';
  return shell;
}

/** The commands that create an account with shadow's tools. */
export function asShadow(account: Account): string | undefined {
  const [name] = account.names;
  if (name === undefined || account.names.length !== 1) return undefined;
  if (account.kind === 'group')
    return [
      'groupadd',
      ...(account.system ? ['--system'] : []),
      ...(account.id === undefined ? [] : ['--gid', account.id]),
      name,
    ].join(' ');
  const words = ['useradd', '--no-log-init'];
  if (account.system) words.push('--system');
  if (account.id !== undefined) words.push('--uid', account.id);
  if (account.group !== undefined) words.push('--gid', account.group);
  else if (account.system && account.ownGroup === undefined) words.push('--gid', 'nogroup');
  else words.push('--user-group');
  if (account.home !== undefined) words.push('--home-dir', account.home);
  words.push(account.createHome === false ? '--no-create-home' : '--create-home');
  words.push('--shell', account.shell ?? (account.system ? '/usr/sbin/nologin' : '/bin/bash'));
  if (account.comment !== undefined && account.comment !== '""' && account.comment !== "''")
    words.push('--comment', account.comment);
  if (account.groups.length > 0) words.push('--groups', account.groups.join(','));
  words.push(name);
  return words.join(' ');
}
