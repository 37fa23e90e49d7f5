import type { Placed } from '../../dockerfile/index.js';
import type { ShellCommand } from '../../shell/index.js';
import { transferOf } from '../files/transfer.js';
import { expand, type FileFacts, type InstructionFacts, type Stage } from '../index.js';
import { stopsRun } from '../programs/stops-run.js';
import { type Account, readAccount } from './commands.js';

export interface KnownAccount {
  readonly name: string;
  readonly id: number | undefined;
  /** Of the base image, not made by the file. */
  readonly ofImage: boolean;
}

/** Accounts by name and by number. */
export class Accounts {
  readonly #byName = new Map<string, KnownAccount>();
  readonly #byId = new Map<number, KnownAccount>();

  constructor(names: ReadonlyMap<string, number | undefined>) {
    for (const [name, id] of names) this.add({ name, id, ofImage: true });
  }

  named(name: string): KnownAccount | undefined {
    return this.#byName.get(name);
  }

  numbered(id: number): KnownAccount | undefined {
    return this.#byId.get(id);
  }

  add(account: KnownAccount): void {
    this.delete(account.name);
    this.#byName.set(account.name, account);
    // The first with a number keeps it.
    if (account.id !== undefined && !this.#byId.has(account.id)) this.#byId.set(account.id, account);
  }

  delete(name: string): void {
    const account = this.#byName.get(name);
    this.#byName.delete(name);
    if (account?.id !== undefined && this.#byId.get(account.id) === account) this.#byId.delete(account.id);
  }
}

/** The users and groups that are there for certain. */
export interface AccountState {
  readonly users: Accounts;
  readonly groups: Accounts;
}

/** A text of a command with its variables replaced by what the file says. */
export interface Value {
  readonly text: string;
  /** `--build-arg` may replace it. */
  readonly isDefault: boolean;
}

export function valueOf(text: string, { scope, script, shell, instruction }: InstructionFacts): Value | undefined {
  if (!/[$'"`\\]/.test(text)) return { text, isDefault: false };
  if (/\$\(|`/.test(text)) return undefined;
  for (const [, name = ''] of text.matchAll(/\$\{?(\w+)/g)) {
    // Bash has these itself.
    if (shell.name === 'bash' && /^(?:E?UID|GROUPS)$/.test(name)) return undefined;
    if (new RegExp(`\\b${name}=|\\b(?:for|read)\\s[^;]*\\b${name}\\b`).test(script?.source.text ?? ''))
      return undefined;
  }
  const { text: value, certainty } = expand(text, scope, instruction.escape);
  return certainty === 'unknown' ? undefined : { text: value, isDefault: certainty === 'default' };
}

const MAKERS = /^(?:useradd|groupadd|adduser|addgroup)$/;
const CHANGERS = /^(?:userdel|deluser|groupdel|delgroup|usermod|groupmod|newusers|vipw|vigr|passwd2des)$/;

/** Scripts that do not change accounts. */
const HARMLESS = /\/(?:configure|autogen\.sh|gradlew|mvnw|bootstrap|manage\.py|artisan)$/;

/** Whether a command may do anything with accounts: a script, or what comes out of a variable. */
export function isOpaque({ base, name, args }: ShellCommand): boolean {
  if (name === undefined) return false;
  if (base === '' || base === '.' || base === 'source' || base === 'eval') return true;
  if (/^(?:ba|da|a|k|z)?sh$/.test(base)) return !args.some(({ value }) => /^-[a-z]*c$/.test(value));
  return name.value.includes('/') && !/^\/(?:usr\/(?:local\/)?)?s?bin\//.test(name.value) && !HARMLESS.test(name.value);
}

/** Whether a COPY or ADD may bring other accounts. */
export function mayBringAccounts(facts: FileFacts, placed: Placed): boolean {
  const transfer = transferOf(placed.instruction, facts.stateBefore(placed).scope);
  if (!transfer || transfer.pathCertainty === 'unknown') return true;
  return (
    /^\/?$|^\.\/?$|^\/?(?:\.\/)?etc(?:\/|\/(?:passwd|group|shadow)-?)?$/.test(transfer.path) ||
    (facts.stateBefore(placed).workdir ?? '/') === '/etc'
  );
}

const FILES = /\/etc\/(?:passwd|group|shadow|gshadow|login\.defs|adduser\.conf)\b/;

/** How the tools of an image read their options. */
const dialectOf = ({ image }: InstructionFacts, base: string) =>
  base === 'useradd' || base === 'groupadd'
    ? 'shadow'
    : image.family === 'alpine' || image.family === 'busybox'
      ? 'busybox'
      : 'debian';

export interface Creation {
  readonly placed: Placed;
  readonly own: InstructionFacts;
  readonly command: ShellCommand;
  readonly account: Account;
  readonly dialect: 'shadow' | 'busybox' | 'debian';
  readonly name: Value;
  readonly id: Value | undefined;
}

/**
 * Follows the accounts from the base image through a stage and those it is FROM, and shows each command that creates one
 * for certain, with what is there before it. Ends where something may have changed them that cannot be read.
 */
export function followAccounts(
  facts: FileFacts,
  stage: Stage,
  visit: (creation: Creation, state: AccountState) => void,
): AccountState | undefined {
  const start = stage.entry.image.accounts;
  if (!start) return undefined;
  const state: AccountState = { users: new Accounts(start.users), groups: new Accounts(start.groups) };
  for (const placed of facts.lineage(stage)) {
    const { keyword } = placed.instruction;
    if ((keyword === 'COPY' || keyword === 'ADD') && mayBringAccounts(facts, placed)) return undefined;
    if (keyword !== 'RUN') continue;
    const own = facts.at(placed);
    const { script } = own;
    if (!script || script.errors.length > 0 || FILES.test(placed.instruction.text)) return undefined;
    for (const command of script.commands) {
      if (isOpaque(command)) return undefined;
      if (CHANGERS.test(command.base)) {
        if (!change(state, command, own)) return undefined;
      } else if (MAKERS.test(command.base)) {
        const creation = creationOf(placed, own, command);
        if (!creation) continue;
        visit(creation, state);
        create(state, creation);
      }
    }
  }
  return state;
}

function creationOf(placed: Placed, own: InstructionFacts, command: ShellCommand): Creation | undefined {
  if (!stopsRun(own, command)) return undefined;
  const dialect = dialectOf(own, command.base);
  const account = readAccount(command, dialect);
  const [text, second] = account?.names ?? [];
  const name = text === undefined || second !== undefined ? undefined : valueOf(text, own);
  if (!account || !name || !/^[\w.-]+$/.test(name.text)) return undefined;
  const id = account.id === undefined ? undefined : valueOf(account.id, own);
  return account.id !== undefined && id === undefined
    ? undefined
    : { placed, own, command, account, dialect, name, id };
}

/** Whether a command makes a group of the user's name too. */
export const makesOwnGroup = ({ account, dialect }: Creation): boolean =>
  account.kind === 'user' &&
  account.group === undefined &&
  account.ownGroup !== false &&
  (dialect === 'shadow' || !account.system || account.ownGroup === true);

function create(state: AccountState, creation: Creation): void {
  const { account, name, id } = creation;
  const number = id && /^\d+$/.test(id.text) ? Number(id.text) : undefined;
  const made: KnownAccount = { name: name.text, id: number, ofImage: false };
  if (account.kind === 'group' || makesOwnGroup(creation))
    state.groups.add(account.kind === 'group' ? made : { ...made, id: undefined });
  if (account.kind === 'user') state.users.add(made);
}

/** Takes away what a command removes or changes; false where it cannot be read. */
function change({ users, groups }: AccountState, command: ShellCommand, own: InstructionFacts): boolean {
  const last = command.args.at(-1);
  const names = /^(?:user|group)mod$/.test(command.base)
    ? [last]
    : command.args.filter(({ value }) => !value.startsWith('-'));
  for (const word of names) {
    const name = word && valueOf(word.text, own)?.text;
    if (name === undefined) return false;
    if (!command.base.startsWith('group')) users.delete(name);
    groups.delete(name);
  }
  return names.length > 0;
}
