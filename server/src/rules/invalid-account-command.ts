import type { Placed } from '../dockerfile/index.js';
import { insert, replace } from '../edits/words.js';
import { asBusybox, asShadow, readAccount } from '../facts/accounts/commands.js';
import { groupsBefore } from '../facts/accounts/groups.js';
import type { FileFacts, Stage } from '../facts/index.js';
import type { ImageInfo } from '../images/index.js';
import type { ShellCommand } from '../shell/index.js';
import { hasFlag } from '../shell/options.js';
import { defineRule, type Report, type RuleFix } from './rule.js';

/** Whether somebody takes care of a failure: `useradd app || true`, `! useradd`, an `if`. */
function isGuarded(facts: FileFacts, placed: Placed, command: ShellCommand): boolean {
  const items = facts.at(placed).script?.list.items ?? [];
  const index = command.item ? items.indexOf(command.item) : -1;
  return (
    index < 0 ||
    !command.top ||
    items[index]?.operator === '||' ||
    items[index + 1]?.operator === '||' ||
    items[index]?.negated === true
  );
}

/** Options of useradd(8) that take a value; only as many as are needed to find the operands. */
const VALUES =
  /^(?:-[a-zA-Z]*[bcdefgGkKpRPsuZ]|--(?:base-dir|comment|home-dir|home|expiredate|inactive|gid|groups|skel|key|password|root|prefix|shell|uid|selinux-user))$/;

const operands = (command: ShellCommand) =>
  command.args.filter(
    (word, index) => !word.value.startsWith('-') && !VALUES.test(command.args[index - 1]?.value ?? ''),
  );

const rewrite = (command: ShellCommand, text: string | undefined): RuleFix[] =>
  text === undefined || !command.editable
    ? []
    : [
        {
          title: `Write ${text}`,
          safety: 'review',
          effect: { commands: 'words' },
          edits: [replace(command.span, text)],
        },
      ];

function shadowProblem(
  facts: FileFacts,
  stage: Stage,
  placed: Placed,
  command: ShellCommand,
  image: ImageInfo,
): Report | undefined {
  const names = operands(command);
  const [name, second] = names;
  if (
    !name ||
    hasFlag(command, 'D', '--defaults', 'h', '--help') ||
    names.some(word => !word.literal && word.variables.length === 0)
  )
    return undefined;
  const groups = groupsBefore(facts, stage, placed, command);
  const hasGroup = hasFlag(command, 'g', '--gid', 'N', '--no-user-group');
  if (second) {
    const isGroup =
      names.length === 2 && !hasGroup && groups.has(second.value) && command.name !== undefined && command.editable;
    const fix: RuleFix[] =
      isGroup && command.name
        ? [
            {
              title: `Make ${second.value} the group: -g ${second.text}`,
              safety: 'review',
              effect: { commands: 'words' },
              edits: [
                insert(name.span.start, `-g ${second.text} `),
                { span: { start: name.span.end, end: second.span.end }, text: '' },
              ],
            },
          ]
        : [];
    return {
      span: second.span,
      message: `useradd takes one name: ${isGroup ? `give the group ${second.value} with -g` : 'create each user with a command of its own'}.`,
      fixes: fix,
    };
  }
  // With USERGROUPS_ENAB, as Debian and Red Hat set it, useradd wants to create a group of the user's name (useradd(8), -U).
  if (!hasGroup && groups.has(name.value) && /^(?:debian|ubuntu|rhel)$/.test(image.family)) {
    const fix: RuleFix[] =
      command.name && command.editable
        ? [
            {
              title: `Add -g ${name.text}`,
              safety: 'review',
              edits: [insert(name.span.start, `-g ${name.text} `)],
            },
          ]
        : [];
    return {
      span: name.span,
      message: `useradd fails because the group ${name.value} already exists. Add the user to it with \`-g ${name.value}\`.`,
      fixes: fix,
    };
  }
  return undefined;
}

function adduserProblem(command: ShellCommand, image: ImageInfo): Report | undefined {
  const has = (pattern: RegExp) => command.args.find(({ value }) => pattern.test(value));
  switch (image.family) {
    case 'alpine':
    case 'busybox': {
      const word = has(
        command.base === 'adduser' ? /^--(?:disabled-login|quiet|group|force-badname)$/ : /^--(?:quiet|force-badname)$/,
      );
      if (!word) return undefined;
      const account = readAccount(command, 'debian');
      return {
        span: word.span,
        message: `BusyBox’s ${command.base} has no option \`${word.value}\`. Use its own options.`,
        fixes: rewrite(command, account && asBusybox(account, undefined, false)),
      };
    }
    case 'debian':
    case 'ubuntu': {
      const word = command.base === 'adduser' ? has(/^-[DSGH]$/) : has(/^-S$/);
      if (!word) return undefined;
      const account = readAccount(command, 'busybox');
      return {
        span: word.span,
        message: `${word.value} is an option of BusyBox's ${command.base}, which Debian's does not have: use ${command.base === 'adduser' ? 'useradd' : 'groupadd'}.`,
        fixes: rewrite(command, account && asShadow(account)),
      };
    }
    case 'rhel': {
      // There adduser is another name of useradd, whose -D prints the defaults.
      const word =
        command.base === 'adduser'
          ? has(/^(?:-[DSH]|--(?:disabled-password|disabled-login|gecos|ingroup)(?:=.*)?)$/)
          : undefined;
      if (!word) return undefined;
      const account = readAccount(command, word.value.startsWith('--') ? 'debian' : 'busybox');
      return {
        span: word.span,
        message: `adduser is useradd here, and that has no ${word.value} for creating a user: use the options of useradd.`,
        fixes: rewrite(command, account && asShadow(account)),
      };
    }
    default:
      return undefined;
  }
}

export default defineRule({
  id: 'invalid-account-command',
  codes: [],
  summary: 'A command that creates a user has invalid arguments.',
  rationale:
    "`useradd` takes one name, and refuses to create a group that is already there. `adduser` is three different programs: Debian's knows long options, BusyBox's mostly short ones, and on Red Hat it is another name of `useradd`.",
  category: 'correctness',
  practice: 'non-root-user',
  severity: 'error',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM debian:12\nRUN groupadd app && useradd --shell /bin/bash testuser «app»\n',
        fixed: 'FROM debian:12\nRUN groupadd app && useradd --shell /bin/bash -g app testuser\n',
      },
      {
        code: 'FROM debian:12\nRUN groupadd -r app && useradd -r «app»\n',
        fixed: 'FROM debian:12\nRUN groupadd -r app && useradd -r -g app app\n',
      },
      {
        code: 'FROM ubuntu:24.04\nRUN adduser «-D» -u 10001 app\n',
        fixed:
          'FROM ubuntu:24.04\nRUN useradd --no-log-init --uid 10001 --user-group --create-home --shell /bin/bash app\n',
      },
      {
        code: 'FROM alpine:3.22\nRUN adduser «--disabled-login» --gecos "" app\n',
        fixed: 'FROM alpine:3.22\nRUN adduser -D -s /sbin/nologin app\n',
      },
    ],
    good: [
      { code: 'FROM debian:12\nRUN groupadd -r app && useradd -r -g app app\n', why: 'The group is given.' },
      {
        code: 'FROM alpine:3.22\nRUN adduser --disabled-password --gecos "" app\n',
        why: 'BusyBox knows these long options.',
      },
      { code: 'FROM debian:12\nRUN groupadd app; useradd app || true\n', why: 'A failure is expected.' },
      {
        code: 'FROM debian:12\nRUN useradd -m -s /bin/bash -G sudo,audio app\n',
        why: 'Values of options are no names.',
      },
    ],
  },
  stage: { words: ['useradd', 'adduser', 'addgroup'] },
  check({ facts, report }) {
    for (const stage of facts.stages) {
      for (const placed of stage.instructions) {
        if (placed.instruction.keyword !== 'RUN') continue;
        const { image, commands } = facts.at(placed);
        for (const command of commands) {
          if (!/^(?:useradd|adduser|addgroup)$/.test(command.base) || command.via !== undefined) continue;
          if (image.lacksCommand(command.base) || isGuarded(facts, placed, command)) continue;
          const problem =
            command.base === 'useradd'
              ? shadowProblem(facts, stage, placed, command, image)
              : adduserProblem(command, image);
          if (problem) report(placed, problem);
        }
      }
    }
  },
});
