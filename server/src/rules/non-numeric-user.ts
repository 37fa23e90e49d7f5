import { accountOf } from '../facts/accounts/created-users.js';
import { unquoted } from '../facts/files/transfer.js';
import { trailingComment } from '../facts/trailing-comment.js';
import type { ShellCommand } from '../shell/index.js';
import { flagValue } from '../shell/options.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'non-numeric-user',
  codes: ['DL3066'],
  summary: 'The last `USER` is a name, which Kubernetes cannot check against `runAsNonRoot`.',
  rationale:
    'Kubernetes refuses to start an image with a user name when `runAsNonRoot` is set, because only a number tells whether it is root. Elsewhere a name is fine.',
  category: 'security',
  practice: 'non-root-user',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nRUN useradd --uid 10001 app\nUSER «app»\n',
        fixed: 'FROM debian:13\nRUN useradd --uid 10001 app\nUSER 10001\n',
      },
      {
        code: 'FROM alpine:3.22\nRUN addgroup app && adduser -D -u 1000 -G app web && adduser -D -u 1001 -G app app\nUSER «app»\n',
        fixed:
          'FROM alpine:3.22\nRUN addgroup app && adduser -D -u 1000 -G app web && adduser -D -u 1001 -G app app\nUSER 1001\n',
        why: 'The first one only belongs to the group of that name.',
      },
      {
        code: 'FROM debian:13\nRUN useradd -u 1000 app && usermod -u 2000 app\nUSER «app»\n',
        why: 'The id is changed afterwards.',
      },
      { code: 'FROM example/app:1\nUSER «web:www»\n' },
    ],
    good: [
      { code: 'FROM debian:13\nUSER 1000:1000\n', why: 'A number.' },
      { code: 'FROM debian:13\nUSER root\nRUN make\nUSER 1000\n', why: 'Only the last one counts.' },
      { code: 'FROM debian:13 AS build\nUSER web\nFROM debian:13\nUSER 1\n', why: 'Only the final stage is run.' },
      { code: 'FROM debian:13\nENV U=web\nUSER $U\n', why: 'A variable may hold a number.' },
      { code: 'FROM debian:13\nUSER 1000 # node\n', why: 'The comment after it is another problem.' },
      { code: 'FROM debian:13\nUSER root\n', why: 'Root is root by name or number.' },
      { code: 'FROM debian:13\nUSER "1000:1000"\n', why: 'Quotes are no part of it.' },
    ],
  },
  stage: {},
  check({ facts, report }) {
    const { final } = facts;
    const placed = final && facts.lineage(final).findLast(({ instruction }) => instruction.keyword === 'USER');
    if (!final || !placed || trailingComment(placed.instruction)) return;
    const text = unquoted(placed.instruction.arguments.text);
    const [user = ''] = text.split(':');
    if (text.includes('$') || text === '' || final.exit.user.isRoot !== false || /^\d+$/.test(user)) return;
    if (facts.stateBefore(placed).shell.kind !== 'posix') return;
    const uid = text.includes(':')
      ? undefined
      : createdUid(
          facts.lineage(final).flatMap(one => facts.at(one).commands),
          user,
        );
    report(placed, {
      span: placed.instruction.argumentsSpan,
      message: 'Kubernetes cannot check that a named user is not root. Use the numeric ID.',
      fixes:
        uid === undefined
          ? []
          : [
              {
                title: `Use the ID ${uid}`,
                safety: 'review',
                edits: [{ span: placed.instruction.argumentsSpan, text: uid }],
                effect: { arguments: true },
              },
            ],
    });
  },
});

/** The id that the file gives to a user it creates; undefined when something else may change it. */
function createdUid(commands: readonly ShellCommand[], user: string): string | undefined {
  let found: string | undefined;
  for (const command of commands) {
    if (/^(?:usermod|userdel|deluser|sed)$/.test(command.base) && mentions(command, user)) return undefined;
    if (command.base !== 'useradd' && command.base !== 'adduser') continue;
    if (accountOf(command)?.value !== user) continue;
    const uid = flagValue(command, 'u', '--uid');
    if (uid === undefined || !/^[1-9]\d*$/.test(uid)) return undefined;
    found ??= uid;
  }
  return found;
}

const mentions = ({ args }: ShellCommand, user: string): boolean => args.some(({ value }) => value.includes(user));
