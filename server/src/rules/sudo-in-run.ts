import type { FileFacts } from '../facts/index.js';
import { packageActions } from '../facts/packages/in-run.js';
import { earlierRuns, type RunPlace, runsOf } from '../facts/runs.js';
import { commandsSeenBy } from '../hadolint/commands.js';
import type { ShellCommand } from '../shell/index.js';
import { defineRule, type RuleFix } from './rule.js';

/** Takes `sudo` away from a command that root runs anyway; only options that change nothing for root may be lost with it. */
function stripFix(command: ShellCommand): RuleFix | undefined {
  const { name, args } = command;
  if (!command.editable || !name || name.value !== 'sudo') return undefined;
  const run = args.find(({ value }) => value !== '-E' && value !== '-n' && value !== '-S' && value !== '--');
  if (!run || run.value.startsWith('-') || /^(?:su|sudo)$/.test(run.value)) return undefined;
  // A builtin or keyword would run where `sudo` had failed.
  if (!/^[\w./+-]+$/.test(run.value) || /^(?:cd|export|exec|source|\.|set|alias)$/.test(run.value)) return undefined;
  return {
    title: 'Remove sudo',
    safety: 'review',
    effect: { commands: 'words' },
    edits: [{ span: { start: name.span.start, end: run.span.start }, text: '' }],
  };
}

/** Short options of sudo that take the rest of their word, or the next word, as a value (sudo(8)). */
const TAKES_VALUE = 'CDghpRrTtUu';
const LONG_WITH_VALUE = /^--(?:close-from|chdir|group|host|prompt|chroot|role|command-timeout|type|other-user|user)$/;

/** The user that `sudo -u` names, also in a bundle such as `-HEu app`, unless that is root. */
function otherUser({ args }: ShellCommand): string | undefined {
  let name: string | undefined;
  for (let index = 0; index < args.length; index++) {
    const value = args[index]?.value ?? '';
    if (!value.startsWith('-') || value === '--') break;
    if (value.startsWith('--')) {
      const joined = /^--user=(.*)$/.exec(value)?.[1];
      if (joined !== undefined) name = joined;
      if (!LONG_WITH_VALUE.test(value)) continue;
      index++;
      if (value === '--user') name = args[index]?.value;
      continue;
    }
    const at = [...value].findIndex((letter, place) => place > 0 && TAKES_VALUE.includes(letter));
    if (at < 0) continue;
    const rest = value.slice(at + 1);
    const given = rest === '' ? args[++index]?.value : rest;
    if (value[at] === 'u') name = given;
  }
  return name === 'root' || name === '#0' ? undefined : name;
}

export default defineRule({
  id: 'sudo-in-run',
  codes: ['DL3004', 'DS-0010', 'CKV2_DOCKER_1'],
  summary: 'A RUN uses `sudo`.',
  rationale:
    'A build runs as root until a USER says otherwise, so sudo adds nothing, and it hides who a command runs as: it clears variables and treats signals differently from the command itself. Leave it out as root; elsewhere put `USER root` before the RUN and switch back after it.',
  category: 'security',
  practice: 'non-root-user',
  severity: 'warning',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM debian:12\nRUN apt-get update && «sudo» apt-get install -y curl\n',
        fixed: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl\n',
      },
      { code: 'FROM debian:12\nUSER app\nRUN «sudo» apt-get update\n', why: 'Without sudo the command would fail.' },
      { code: 'FROM debian:12\nRUN «sudo» -u app make\n', why: 'Only a person can say who should run it.' },
    ],
    good: [
      { code: 'FROM debian:12\nRUN apt-get install -y sudo\n', why: 'Installing sudo does not use it.' },
      { code: 'FROM debian:12\nRUN command -v sudo && sudo --version\n', why: 'Nothing is run by it.' },
    ],
  },
  stage: { words: ['sudo'] },
  check({ facts, reading, report }) {
    for (const run of runsOf(facts)) {
      const { facts: own, placed } = run;
      for (const command of commandsSeenBy(reading, own)) {
        if (command.base !== 'sudo' || !command.name) continue;
        // `sudo --version` and `sudo -v` run nothing.
        if (reading !== 'hadolint' && command.args.every(({ value }) => /^-/.test(value))) continue;
        const root = own.user.isRoot;
        const user = otherUser(command);
        // Without a shell no RUN works, with or without sudo.
        const fix = root === true && !own.image.lacksCommand('sh') ? stripFix(command) : undefined;
        report(placed, {
          span: command.name.span,
          message:
            root === true && user === undefined
              ? 'This RUN already runs as root. Remove `sudo`.'
              : `Put USER ${user ?? 'root'} before this RUN, and switch back after it, instead of sudo.`,
          // Another user needs it for what it does.
          minor: user !== undefined || !(root ?? actsAsRoot(facts, run)),
          fixes: fix ? [fix] : [],
        });
      }
    }
  },
});

/** Whether a RUN of an image that is not known is root's for certain: an earlier one has installed packages without sudo. */
const actsAsRoot = (facts: FileFacts, run: RunPlace): boolean =>
  !run.facts.user.explicit &&
  earlierRuns(facts, run).some(
    earlier =>
      earlier.facts.user === run.facts.user &&
      packageActions(earlier.facts, 'install').some(({ command, info }) => info.isSystem && command.via === undefined),
  );
