import { insertAbove } from '../edits/placing.js';
import { lacksUser } from '../facts/accounts/missing.js';
import type { FileFacts, Stage } from '../facts/index.js';
import type { ShellCommand, ShellScript } from '../shell/index.js';
import { type RootFolder, rootFolder } from './folder-not-writable/root-folder.js';
import { writesHere } from './folder-not-writable/writes-here.js';
import { defineRule, type RuleFix } from './rule.js';

export default defineRule({
  id: 'folder-not-writable',
  codes: [],
  summary: 'A RUN that is not root writes to a WORKDIR that belongs to root.',
  rationale:
    'WORKDIR makes its folder as the user in force: as root, when USER comes later. `COPY --chown` changes the owner of what it copies, not of a folder that is there already. So `npm ci`, `mkdir` and their like end with “permission denied”, and the build stops. Give the folder to the user before USER, or write WORKDIR after it.',
  category: 'correctness',
  practice: 'non-root-user',
  severity: 'error',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'FROM node:24-slim\nWORKDIR /app\nCOPY --chown=node:node package*.json ./\nUSER node\nRUN «npm ci»\n',
        fixed:
          'FROM node:24-slim\nWORKDIR /app\nCOPY --chown=node:node package*.json ./\nRUN chown node /app\nUSER node\nRUN npm ci\n',
      },
      {
        code: 'FROM debian:13\nWORKDIR /srv/app\nUSER nobody\nRUN «mkdir logs»\n',
        fixed: 'FROM debian:13\nWORKDIR /srv/app\nRUN chown nobody /srv/app\nUSER nobody\nRUN mkdir logs\n',
      },
    ],
    good: [
      {
        code: 'FROM node:24-slim\nUSER node\nWORKDIR /app\nRUN npm ci\n',
        why: 'WORKDIR makes the folder for the user.',
      },
      {
        code: 'FROM node:24-slim\nWORKDIR /app\nRUN chown node:node .\nUSER node\nRUN npm ci\n',
        why: 'The folder is given to the user.',
      },
      { code: 'FROM node:24-slim\nWORKDIR /app\nRUN npm ci\nUSER node\n', why: 'Still root.' },
      {
        code: 'FROM node:24-slim\nCOPY --chown=node:node app /app\nWORKDIR /app\nUSER node\nRUN npm ci\n',
        why: 'COPY makes the folder, for the user.',
      },
      {
        code: 'FROM node:24-slim\nWORKDIR /app\nUSER node\nRUN npm install -g serve --prefix ~/.npm\n',
        why: 'It writes elsewhere.',
      },
      {
        code: 'FROM registry.example.com/base\nWORKDIR /app\nUSER app\nRUN mkdir logs\n',
        why: 'The folder may be there already.',
      },
    ],
  },
  reading: 'own',
  stage: { keywords: ['USER'] },
  check({ facts, report }) {
    for (const stage of facts.stages) {
      const told = new Set<string>();
      for (const placed of stage.instructions) {
        if (placed.instruction.keyword !== 'RUN') continue;
        const { user, script } = facts.at(placed);
        const { workdir } = facts.stateBefore(placed);
        if (user.isRoot !== false || user.name === undefined || !user.explicit || workdir === undefined) continue;
        const command = script && script.errors.length === 0 ? writing(script) : undefined;
        if (!command || told.has(workdir)) continue;
        const folder = rootFolder(facts, stage, placed, workdir);
        if (!folder) continue;
        told.add(workdir);
        report(placed, {
          span: command.span,
          message: `${command.base} writes to ${workdir}, which belongs to root, but this RUN runs as ${user.name}. Give the folder to ${user.name} before USER, or write WORKDIR after USER.`,
          ...(folder.mayHoldFolders ? { severity: 'warning' as const } : {}),
          fixes: given(facts, stage, folder, { command, user: user.name, workdir }),
        });
      }
    }
  },
});

/** The first command that writes to the folder it is started in, and ends the RUN when it cannot. */
function writing({ commands, list }: ShellScript): ShellCommand | undefined {
  for (const command of commands) {
    const { base, top, item, via } = command;
    // Whatever follows is somewhere else, or done by somebody else.
    if (/^(?:cd|pushd|sudo|su|gosu|su-exec|doas)$/.test(base)) return undefined;
    if (!top || !item || via !== undefined || item.negated || !writesHere(command)) continue;
    const next = list.items[list.items.indexOf(item) + 1];
    if (next?.operator !== '||' && item.operator !== '||') return command;
  }
  return undefined;
}

interface Writing {
  readonly command: ShellCommand;
  readonly user: string;
  readonly workdir: string;
}

/** A `chown` before USER; of what is in the folder, too, where the command changes files. */
function given(
  facts: FileFacts,
  stage: Stage,
  { usedFrom }: RootFolder,
  { command, user, workdir }: Writing,
): readonly RuleFix[] {
  const [name = ''] = user.split(':');
  if (!usedFrom || /[\s$"'\\]/.test(user + workdir) || (!/^\d/.test(name) && lacksUser(facts, stage, name, usedFrom)))
    return [];
  const changesFiles =
    command.base === 'npm' && !command.args.some(({ value }) => /^(?:ci|clean-install)$/.test(value));
  return [
    {
      title: `Give ${workdir} to ${name}`,
      safety: 'review',
      edits: [insertAbove(facts, usedFrom, `RUN chown ${changesFiles ? '-R ' : ''}${user} ${workdir}`)],
      effect: { inserts: ['RUN'] },
    },
  ];
}
