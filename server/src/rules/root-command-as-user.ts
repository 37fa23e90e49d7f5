import type { Placed } from '../dockerfile/index.js';
import { insertAbove } from '../edits/placing.js';
import { lacksUser } from '../facts/accounts/missing.js';
import type { FileFacts } from '../facts/index.js';
import type { ShellCommand, ShellScript } from '../shell/index.js';
import { defineRule, type RuleFix } from './rule.js';

/** What package managers do that needs root; asking for versions or help does not. */
const CHANGES: Readonly<Record<string, RegExp>> = {
  apk: /^(?:add|del|update|upgrade|fix)$/,
  apt: /^(?:install|update|upgrade|full-upgrade|dist-upgrade|remove|purge|autoremove)$/,
  'apt-get': /^(?:install|update|upgrade|dist-upgrade|remove|purge|autoremove)$/,
  dnf: /^(?:install|update|upgrade|remove|groupinstall|module)$/,
  microdnf: /^(?:install|update|upgrade|remove)$/,
  tdnf: /^(?:install|update|upgrade|remove)$/,
  yum: /^(?:install|update|upgrade|remove|groupinstall|localinstall)$/,
  zypper: /^(?:in|install|up|update|dup|ref|refresh|rm|remove)$/,
};
const ACCOUNTS = /^(?:useradd|groupadd|usermod|groupmod|userdel|groupdel|adduser|addgroup)$/;
/** Another root directory may belong to the user. */
const ELSEWHERE = /^(?:--root|--installroot|--prefix|-R|-p)(?:=|$)/;

/** Whether the command fails without root, and the RUN with it. */
function needsRoot({ base, args, via, top, item }: ShellCommand, script: ShellScript): boolean {
  if (!top || !item || via !== undefined || item.negated || args.some(({ value }) => ELSEWHERE.test(value)))
    return false;
  const next = script.list.items[script.list.items.indexOf(item) + 1];
  if (next?.operator === '||' || item.operator === '||') return false;
  if (ACCOUNTS.test(base)) return !args.some(({ value }) => /^--?(?:h|help|D|defaults)$/.test(value));
  const changes = CHANGES[base];
  const action = args.find(({ value }) => !value.startsWith('-'))?.value ?? '';
  return (
    changes?.test(action) === true && !args.some(({ value }) => /^(?:--help|-s|--simulate|--dry-run)$/.test(value))
  );
}

export default defineRule({
  id: 'root-command-as-user',
  codes: [],
  summary: 'A RUN needs root but runs as a different user.',
  rationale:
    'Package managers and the commands for accounts write to directories of root, so they end with “Permission denied” after a USER, or on a base image that starts as another user. Switch to root for that RUN and back afterwards.',
  category: 'correctness',
  practice: 'non-root-user',
  severity: 'error',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'FROM node:24-alpine\nUSER node\nRUN «apk add --no-cache git»\nCMD ["node", "server.js"]\n',
        fixed:
          'FROM node:24-alpine\nUSER node\nUSER root\nRUN apk add --no-cache git\nUSER node\nCMD ["node", "server.js"]\n',
      },
      {
        code: 'FROM jenkins/jenkins:2.528.1-lts-jdk21\nRUN «apt-get update» && apt-get install -y --no-install-recommends git\n',
        fixed:
          'FROM jenkins/jenkins:2.528.1-lts-jdk21\nUSER root\nRUN apt-get update && apt-get install -y --no-install-recommends git\nUSER jenkins\n',
        why: 'The base image starts as its own user.',
      },
      {
        code: 'FROM debian:13\nUSER nobody\nRUN «useradd app»\n',
        fixed: 'FROM debian:13\nUSER nobody\nUSER root\nRUN useradd app\nUSER nobody\n',
      },
    ],
    good: [
      { code: 'FROM node:24-alpine\nRUN apk add --no-cache git\nUSER node\n', why: 'Still root.' },
      { code: 'FROM debian:13\nUSER app\nRUN sudo apt-get update\n', why: 'sudo makes it root.' },
      { code: 'FROM debian:13\nUSER app\nRUN apt-get --help\n', why: 'Needs no rights.' },
      { code: 'FROM registry.example.com/base\nRUN apt-get update\n', why: 'Nobody knows who that image starts as.' },
      { code: 'FROM debian:13\nARG USER_NAME\nUSER $USER_NAME\nRUN apt-get update\n', why: 'It may be root.' },
    ],
  },
  reading: 'own',
  stage: {
    keywords: ['RUN'],
    words: ['apk', 'apt', 'dnf', 'microdnf', 'tdnf', 'yum', 'zypper', 'user', 'group', 'adduser', 'addgroup'],
  },
  check({ facts, report }) {
    for (const stage of facts.stages) {
      const told = new Set<string>();
      for (const placed of stage.instructions) {
        if (placed.instruction.keyword !== 'RUN') continue;
        const { user, script } = facts.at(placed);
        if (user.isRoot !== false || user.name === undefined || !script || script.errors.length > 0) continue;
        const command = script.commands.find(one => needsRoot(one, script));
        if (!command) continue;
        // A user that is not there yet has to be created first.
        const fixes =
          !/^\d/.test(user.name) && lacksUser(facts, stage, user.name) ? [] : asRoot(facts, placed, user.name);
        const key = `${command.base} ${user.name}`;
        if (told.has(key) && fixes.length === 0) continue;
        told.add(key);
        report(placed, {
          span: command.span,
          message: `${command.base} needs root, but this RUN runs as ${user.name}. Add \`USER root\` before it and \`USER ${user.name}\` after it.`,
          fixes,
        });
      }
    }
  },
});

function asRoot(facts: FileFacts, placed: Placed, user: string): RuleFix[] {
  if (/[\s$"']/.test(user)) return [];
  const end = placed.instruction.text.length;
  return [
    {
      title: `Run it as root, then switch back to ${user}`,
      safety: 'review',
      edits: [insertAbove(facts, placed, 'USER root'), { span: { start: end, end }, text: `\nUSER ${user}` }],
      effect: { inserts: ['USER', 'USER'] },
    },
  ];
}
