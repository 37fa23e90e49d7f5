import { dropCommand } from '../edits/drop.js';
import { removeInstruction } from '../edits/placing.js';
import { insert } from '../edits/words.js';
import {
  type AccountState,
  type Accounts,
  type Creation,
  followAccounts,
  type KnownAccount,
  makesOwnGroup,
} from '../facts/accounts/history.js';
import type { FileFacts } from '../facts/index.js';
import { calledCommands } from '../facts/programs/called.js';
import { flagWord, hasFlag } from '../shell/options.js';
import type { Span } from '../text/span.js';
import { defineRule, type RuleFix } from './rule.js';

interface Conflict {
  readonly kind: 'user' | 'group';
  readonly by: 'name' | 'id';
  readonly account: KnownAccount;
}

const withId = (accounts: Accounts, id: string): KnownAccount | undefined =>
  /^\d+$/.test(id) ? accounts.numbered(Number(id)) : undefined;

/** What a command would create a second time (useradd(8), groupadd(8), adduser(8); loginutils/adduser.c of BusyBox). */
function conflictOf(creation: Creation, { users, groups }: AccountState): Conflict | undefined {
  const { account, dialect, command, name, id } = creation;
  // Debian's adduser is content with a system account that is there.
  if ((dialect === 'debian' && account.system) || hasFlag(command, 'f', '--force')) return undefined;
  const isUser = account.kind === 'user';
  const named = (isUser ? users : groups).named(name.text);
  if (named) return { kind: account.kind, by: 'name', account: named };
  const numbered = id && withId(isUser ? users : groups, id.text);
  if (numbered) return { kind: account.kind, by: 'id', account: numbered };
  if (!isUser || !makesOwnGroup(creation)) return undefined;
  const group = groups.named(name.text);
  // useradd beside a group that the file makes: invalid-account-command has a fix for that.
  if (group && (group.ofImage || dialect !== 'shadow')) return { kind: 'group', by: 'name', account: group };
  // BusyBox gives user and group the same number.
  const taken = dialect === 'busybox' && id ? withId(groups, id.text) : undefined;
  return taken && { kind: 'group', by: 'id', account: taken };
}

/** The text to change: the name, or the id. */
function spanOf({ command, account }: Creation, { by, kind }: Conflict): Span {
  const wanted = by === 'name' ? account.names[0] : account.id;
  const flag = kind === 'group' && account.kind === 'group' ? ['g', '--gid'] : ['u', '--uid'];
  const word =
    by === 'name' ? undefined : (command.args.find(({ text }) => text === wanted) ?? flagWord(command, ...flag));
  return (word ?? command.args.findLast(({ text }) => text === wanted))?.span ?? command.span;
}

/** Users that images offer for running applications, not those of the system. */
const isForUse = ({ ofImage, id }: KnownAccount): boolean => ofImage && id !== undefined && id >= 1000 && id < 60_000;

function messageOf({ command, account: { kind: made } }: Creation, { kind, by, account }: Conflict): string {
  const where = account.ofImage ? 'The image' : 'This file';
  const verb = account.ofImage ? 'has' : 'creates';
  const what =
    by === 'name'
      ? `${where} ${verb} the ${kind} ${account.name}`
      : `${where} ${verb} the ${kind} ${account.name} with the id ${account.id}`;
  const todo =
    by === 'name'
      ? made === 'user' && kind === 'user' && (isForUse(account) || !account.ofImage)
        ? `use that one (USER ${account.name}), and remove this command`
        : made === kind
          ? 'remove this command, or use another name'
          : command.base === 'useradd'
            ? `put the user into it with -g ${account.name}, or use another name`
            : `put the user into it with ${command.base === 'adduser' ? '-G' : '-g'} ${account.name}, or use another name`
      : isForUse(account)
        ? `use that account, remove it first, or use another id`
        : 'use another id';
  return `${what} already, so ${command.base} fails: ${todo}.`;
}

/** Whether the file uses an account by its name. */
const usesName = (facts: FileFacts, name: string): boolean =>
  new RegExp(`^\\s*USER\\s+"?${name}\\b|--chown=${name}\\b|\\bchown\\b[^;&\\n]*\\s${name}(?:[:\\s]|$)`, 'im').test(
    facts.dockerfile.text,
  );

function fixesOf(facts: FileFacts, creation: Creation, conflict: Conflict): RuleFix[] {
  const { account, command, placed, own, dialect } = creation;
  const { account: other, by, kind } = conflict;
  if (!command.editable || command.via !== undefined || !isForUse(other)) return [];
  if (by === 'id') {
    if (usesName(facts, other.name)) return [];
    const remove = dialect === 'shadow' ? 'userdel --remove' : 'deluser --remove-home';
    if (dialect === 'debian') return [];
    return [
      {
        title: `Remove the user ${other.name} first`,
        safety: 'review',
        effect: { prepends: true },
        edits: [insert(command.span.start, `${remove} ${other.name} && `)],
      },
    ];
  }
  const asItIs = [account.group, account.home, account.shell, account.comment].every(text => text === undefined);
  if (kind !== account.kind || account.groups.length > 0 || (account.id ?? `${other.id}`) !== `${other.id}`) return [];
  const safety = asItIs ? 'review' : 'manual';
  if (own.script?.commands.length === 1) {
    const edit = removeInstruction(facts, placed);
    return edit
      ? [{ title: 'Remove the RUN', safety, effect: { removes: ['RUN'], commands: true }, edits: [edit] }]
      : [];
  }
  const edit = own.script && dropCommand(placed.instruction, own.script, command);
  return edit ? [{ title: `Remove ${command.base}`, safety, effect: { commands: true }, edits: [edit] }] : [];
}

export default defineRule({
  id: 'account-already-exists',
  codes: [],
  summary: 'A RUN creates a user or group whose name or id already exists.',
  rationale:
    'Base images have accounts of their own: Ubuntu has the user ubuntu with the id 1000 since 23.04, node images the user node with 1000, nginx images the user nginx with 101, and each distribution its system accounts. `useradd`, `groupadd` and `adduser` refuse a name or an id that is taken (“UID 1000 is not unique”, “GID ’1000’ already exists”), and the build stops.',
  category: 'correctness',
  practice: 'non-root-user',
  severity: 'error',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'FROM ubuntu:24.04\nRUN groupadd -g «1000» app && useradd -u 1000 -g app app\nUSER app\n',
        fixed:
          'FROM ubuntu:24.04\nRUN userdel --remove ubuntu && groupadd -g 1000 app && useradd -u 1000 -g app app\nUSER app\n',
      },
      {
        code: 'FROM node:24\nRUN useradd -m «node»\nUSER node\n',
        fixed: 'FROM node:24\nUSER node\n',
      },
      {
        code: 'FROM node:24-alpine\nRUN adduser -D -u «1000» app\nUSER app\n',
        fixed: 'FROM node:24-alpine\nRUN deluser --remove-home node && adduser -D -u 1000 app\nUSER app\n',
      },
      { code: 'FROM nginx:1.29-alpine\nRUN adduser -D «nginx»\n' },
      {
        code: 'FROM ubuntu:24.04\nARG UID=1000\nRUN useradd -m -u «$UID» app\n',
        fixed: 'FROM ubuntu:24.04\nARG UID=1000\nRUN userdel --remove ubuntu && useradd -m -u $UID app\n',
        why: 'The default of the argument is taken.',
      },
      {
        code: 'FROM alpine:3.22\nRUN addgroup -g 2000 app && adduser -D -u 2000 «app»\n',
        why: 'adduser wants to make the group too.',
      },
      { code: 'FROM debian:13\nRUN useradd «operator»\n', why: 'Debian has a group of that name.' },
    ],
    good: [
      { code: 'FROM ubuntu:22.04\nRUN useradd -u 1000 app\n', why: 'This release has no user ubuntu.' },
      { code: 'FROM ubuntu:24.04\nRUN userdel -r ubuntu && useradd -u 1000 app\n', why: 'It is removed first.' },
      { code: 'FROM ubuntu:24.04\nRUN useradd -o -u 1000 app\n', why: 'Two names for one id are asked for.' },
      { code: 'FROM node:24\nRUN id node || useradd node\n', why: 'The RUN asks first.' },
      { code: 'FROM node:24\nRUN groupadd -f node\n', why: 'A group that is there is no failure with -f.' },
      { code: 'FROM alpine:3.22\nRUN addgroup -S app && adduser -S -G app app\n', why: 'The group is given.' },
      { code: 'FROM registry.example.com/base\nRUN useradd -u 1000 app\n', why: 'Nothing is known of the image.' },
    ],
  },
  reading: 'own',
  stage: { keywords: ['RUN'], words: ['useradd', 'adduser', 'addgroup', 'groupadd'] },
  check({ facts, report }) {
    for (const stage of facts.stages) {
      // An image named by a build argument may be any other.
      if (stage.from.instruction.from?.image.text.startsWith('$')) continue;
      if (!['useradd', 'adduser', 'addgroup', 'groupadd'].some(name => calledCommands(facts, stage).has(name)))
        continue;
      followAccounts(facts, stage, (creation, state) => {
        const conflict = conflictOf(creation, state);
        if (!conflict) return;
        // Once removed, it is in nobody's way.
        state.users.delete(conflict.account.name);
        state.groups.delete(conflict.account.name);
        if (facts.stageOf(creation.placed) !== stage) return;
        const isDefault = creation.name.isDefault || creation.id?.isDefault === true;
        report(creation.placed, {
          span: spanOf(creation, conflict),
          message: messageOf(creation, conflict),
          ...(isDefault ? { severity: 'warning' as const } : {}),
          fixes: fixesOf(facts, creation, conflict),
        });
      });
    }
  },
});
