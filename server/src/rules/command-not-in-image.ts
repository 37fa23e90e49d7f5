import type { Placed } from '../dockerfile/index.js';
import { removeInstruction } from '../edits/placing.js';
import { replace } from '../edits/words.js';
import { asBusybox, asShadow, readAccount } from '../facts/accounts/commands.js';
import { groupsBefore } from '../facts/accounts/groups.js';
import type { FileFacts, Stage } from '../facts/index.js';
import { perStage } from '../facts/per-stage.js';
import { mayHaveBrought } from '../facts/programs/brought.js';
import { unconditionalItems } from '../facts/programs/unconditional.js';
import type { ImageInfo } from '../images/index.js';
import type { ShellCommand } from '../shell/index.js';
import { defineRule, type RuleFix } from './rule.js';

const ACCOUNTS = /^(?:useradd|groupadd|adduser|addgroup)$/;
const MANAGERS = /^(?:apt|apt-get|yum|dnf|microdnf|zypper|apk)$/;

const isBusybox = (image: ImageInfo): boolean => image.family === 'alpine' || image.family === 'busybox';

/** Ways to run a command that look for it where the shell would. */
const PLAIN: ReadonlySet<string> = new Set(['exec form', 'sudo']);

interface Missing {
  readonly placed: Placed;
  readonly command: ShellCommand;
  readonly image: ImageInfo;
}

function missingIn(facts: FileFacts, stage: Stage): Missing[] {
  const missing: Missing[] = [];
  if (!stage.image.isKnown) return missing;
  for (const placed of stage.instructions) {
    if (placed.instruction.keyword !== 'RUN') continue;
    const { image, script } = facts.at(placed);
    if (!script || script.errors.length > 0) continue;
    for (const command of script.commands) {
      const { base, name, span } = command;
      // sudo-in-run has more to say about sudo.
      if (base === '' || base === 'sudo' || !image.lacksCommand(base) || name?.value.includes('/')) continue;
      const { item, top, via } = command;
      if (!top || !item || (via !== undefined && !PLAIN.has(via))) continue;
      if (mayHaveBrought(facts, stage, placed, base, span.start)) continue;
      // Nothing asks first whether the command is there, and nothing takes care of its failure.
      if (unconditionalItems(script).has(item)) missing.push({ placed, command, image });
    }
  }
  return missing;
}

const DEFAULT_ID = '10001';

/** The id to give to a user and to the group made for it, unless it is taken or several accounts would share it. */
const freeId = perStage((facts, stage): { readonly id: string | undefined } => {
  const commands = facts.lineage(stage).flatMap(placed => facts.at(placed).commands);
  const made = (makers: RegExp): number => commands.filter(({ base }) => makers.test(base)).length;
  if (made(/^(?:useradd|adduser)$/) > 1 || made(/^(?:groupadd|addgroup)$/) > 1) return { id: undefined };
  const isTaken = commands.some(
    ({ base, args }) => ACCOUNTS.test(base) && args.some(({ value }) => value.includes(DEFAULT_ID)),
  );
  return { id: isTaken ? undefined : DEFAULT_ID };
});

/** The same account with the commands that the image has. */
function translation(facts: FileFacts, stage: Stage, missing: Missing): string | undefined {
  const { command, image } = missing;
  if (!ACCOUNTS.test(command.base) || !command.editable || command.via !== undefined) return undefined;
  const toBusybox = isBusybox(image) && /^(?:useradd|groupadd)$/.test(command.base);
  const toShadow = !isBusybox(image) && /^(?:adduser|addgroup)$/.test(command.base) && !image.lacksCommand('useradd');
  if (!toBusybox && !toShadow) return undefined;
  const read =
    readAccount(command, toBusybox ? 'shadow' : 'debian') ?? (toShadow ? readAccount(command, 'busybox') : undefined);
  if (!read) return undefined;
  const groups = groupsBefore(facts, stage, missing.placed, command);
  const [name = '', second] = read.names;
  let account = read;
  if (account.kind === 'user') {
    if (second !== undefined) {
      // Two names: the second one is meant as the group, if there is one.
      if (read.names.length > 2 || account.group !== undefined || !groups.has(second)) return undefined;
      account = { ...account, names: [name], group: second };
    } else if (account.group === undefined && groups.has(name)) account = { ...account, group: name };
  }
  return toBusybox ? asBusybox(account, freeId(facts, stage).id, image.hasCommand('bash') === true) : asShadow(account);
}

/** Whether a RUN is one command and nothing else that would have to be kept. */
function isOnly(facts: FileFacts, { placed, command }: Missing): boolean {
  const { script } = facts.at(placed);
  const { instruction } = placed;
  return (
    script?.form === 'shell' &&
    script.commands.length === 1 &&
    script.commands[0] === command &&
    instruction.flags.length === 0 &&
    instruction.comments.length === 0
  );
}

/** `RUN groupadd` and `RUN useradd` in a row become one RUN, since both are rewritten anyway. */
function pairFix(facts: FileFacts, stage: Stage, group: Missing, user: Missing): RuleFix | undefined {
  if (group.command.base !== 'groupadd' || user.command.base !== 'useradd' || facts.next(group.placed) !== user.placed)
    return undefined;
  if (!isOnly(facts, group) || !isOnly(facts, user) || user.placed.leading.length > 0) return undefined;
  const first = translation(facts, stage, group);
  const second = translation(facts, stage, user);
  const removal = removeInstruction(facts, user.placed);
  if (first === undefined || second === undefined || !removal) return undefined;
  return {
    title: `Use addgroup and adduser, which ${group.image.family === 'alpine' ? 'Alpine' : 'BusyBox'} has`,
    safety: 'review',
    effect: { removes: ['RUN'], commands: true },
    edits: [{ at: group.placed, span: group.command.span, text: `${first} && ${second}` }, removal],
  };
}

function singleFix(facts: FileFacts, stage: Stage, missing: Missing): RuleFix[] {
  const text = translation(facts, stage, missing);
  if (text === undefined) return [];
  const name = text.slice(0, text.indexOf(' '));
  return [
    {
      title: `Use ${name}, which the image has`,
      safety: 'review',
      effect: { commands: true },
      edits: [replace(missing.command.span, text)],
    },
  ];
}

function advice({ command, image }: Missing): string {
  const { base } = command;
  if (ACCOUNTS.test(base)) {
    if (isBusybox(image)) return 'create the account with addgroup and adduser';
    if (image.lacksCommand('useradd'))
      return 'install shadow-utils first, or set a numeric USER, which needs no account';
    return 'create the account with groupadd and useradd';
  }
  if (MANAGERS.test(base) && image.packageManager !== undefined)
    return `its package manager is ${image.packageManager}`;
  if (base === 'apt-key') return 'save the key to a file below /etc/apt/keyrings, and name it with signed-by';
  if (/^(?:bash|zsh)$/.test(base)) return 'install it first, or use sh';
  return 'install it first';
}

export default defineRule({
  id: 'command-not-in-image',
  codes: [],
  summary: 'A RUN calls a command that the base image does not have.',
  rationale:
    "Alpine and BusyBox images have BusyBox's own `adduser` and `addgroup`, not `useradd` and `groupadd`, and no bash; Debian 13 images no longer have `adduser`; minimal Red Hat images have no tools for accounts; and each distribution has its own package manager. Such a RUN fails with “not found” (status 127).",
  category: 'correctness',
  practice: 'clarity',
  severity: 'error',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM python:3.13-alpine\nRUN «groupadd» app\nRUN «useradd» --shell /bin/bash testuser app\nUSER testuser\n',
        fixed:
          'FROM python:3.13-alpine\nRUN addgroup -g 10001 app && adduser -D -u 10001 -G app -s /sbin/nologin testuser\nUSER testuser\n',
      },
      {
        code: 'FROM alpine:3.22\nRUN apk add --no-cache curl \\\n    && «useradd» -r -u 900 -s /bin/false -d /srv svc\n',
        fixed:
          'FROM alpine:3.22\nRUN apk add --no-cache curl \\\n    && addgroup -S -g 900 svc && adduser -S -D -H -u 900 -G svc -h /srv -s /bin/false svc\n',
      },
      {
        code: 'FROM debian:13\nRUN «adduser» --disabled-password --gecos "" app\n',
        fixed: 'FROM debian:13\nRUN useradd --no-log-init --user-group --create-home --shell /bin/bash app\n',
      },
      { code: 'FROM alpine:3.22\nRUN «apt-get» update\n' },
      { code: 'FROM alpine:3.22\nRUN «bash» -c "echo a"\n' },
      { code: 'FROM debian:trixie\nRUN «apt-key» list\n', why: 'Debian 13 no longer has it.' },
      { code: 'FROM debian:13\nRUN sudo «make»\n', why: 'Without sudo it would not be there either.' },
    ],
    good: [
      {
        code: 'FROM alpine:3.22\nRUN apk add --no-cache shadow bash && useradd app && bash -c "echo a"\n',
        why: 'The packages are installed first.',
      },
      { code: 'FROM alpine:3.22\nRUN addgroup -S app && adduser -S -G app app\n', why: 'These are in the image.' },
      { code: 'FROM debian:12\nRUN groupadd app && useradd -g app app\n', why: 'Debian has them.' },
      {
        code: 'FROM alpine:3.22\nRUN command -v apt-get && apt-get update || apk update\n',
        why: 'The RUN asks first.',
      },
      {
        code: 'FROM registry.example.com/base:alpine\nRUN curl -fO https://example.com/a\n',
        why: 'Nobody knows what that image has.',
      },
    ],
  },
  stage: { keywords: ['RUN'] },
  check({ facts, report }) {
    for (const stage of facts.stages) {
      // An image named by a build argument may be any other.
      if (stage.from.instruction.from?.image.text.startsWith('$')) continue;
      const missing = missingIn(facts, stage);
      if (missing.length === 0) continue;
      const told = new Set<string>();
      const paired = new Map<Missing, RuleFix>();
      missing.forEach((group, index) => {
        const user = missing[index + 1];
        const fix = user ? pairFix(facts, stage, group, user) : undefined;
        if (!user || !fix) return;
        paired.set(group, fix);
        paired.set(user, fix);
      });
      for (const one of missing) {
        const { base, name } = one.command;
        const fix = paired.get(one);
        const fixes = fix ? [fix] : singleFix(facts, stage, one);
        // The same missing command again, without another cure, is not worth another line.
        if (!name || (told.has(base) && fixes.length === 0)) continue;
        told.add(base);
        report(one.placed, { span: name.span, message: `This image has no ${base}: ${advice(one)}.`, fixes });
      }
    }
  },
});
