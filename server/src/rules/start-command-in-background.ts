import type { Placed } from '../dockerfile/index.js';
import type { FileFacts, Stage } from '../facts/index.js';
import type { ShellCommand, ShellScript } from '../shell/index.js';
import { detached, launchOf } from '../start/index.js';
import type { Span } from '../text/span.js';
import { defineRule, type RuleFix } from './rule.js';
import { inForeground, wordsSpan } from './start-command-in-background/in-foreground.js';

/** What runs another program in its place, or just before it. */
const RUNNERS = /^(?:exec|env|sudo|gosu|su-exec|tini|dumb-init|catatonit|nice|setpriv|(?:ba|da|a|z)?sh)$/;
const INIT = /^(?:tini|dumb-init|catatonit)$/;
/** Commands that are soon done and leave nothing running. */
const PASSING =
  /^(?:cd|export|echo|printf|mkdir|chown|chmod|rm|cp|mv|ln|touch|set|true|exit|sleep|sed|envsubst|umask|ulimit)$/;

export default defineRule({
  id: 'start-command-in-background',
  codes: [],
  summary: 'CMD or ENTRYPOINT starts a program in the background, so the container stops at once.',
  rationale:
    'A container lives as long as the process that it starts. A service that detaches itself (`nginx`, `service x start`, `sshd`, `--daemon`) ends that process at once: the container stops with exit code 0 and nothing in its log. Started in the foreground, the program is what the container waits for, gets the signals and writes the log.',
  category: 'correctness',
  practice: 'one-process',
  severity: 'error',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nRUN apt-get update && apt-get install -y --no-install-recommends nginx && rm -rf /var/lib/apt/lists/*\nCMD [«"nginx"»]\n',
        fixed:
          'FROM debian:13\nRUN apt-get update && apt-get install -y --no-install-recommends nginx && rm -rf /var/lib/apt/lists/*\nCMD ["nginx", "-g", "daemon off;"]\n',
      },
      {
        code: 'FROM ubuntu:24.04\nCMD «service apache2 start»\n',
        fixed: 'FROM ubuntu:24.04\nCMD apache2ctl -D FOREGROUND\n',
      },
      { code: 'FROM debian:13\nCMD «/usr/sbin/sshd -e»\n', fixed: 'FROM debian:13\nCMD /usr/sbin/sshd -e -D\n' },
      {
        code: 'FROM python:3.13-slim\nCMD [«"gunicorn", "--daemon", "app:app"»]\n',
        fixed: 'FROM python:3.13-slim\nCMD ["gunicorn", "app:app"]\n',
      },
      { code: 'FROM node:24\nCMD [«"pm2", "start", "app.js"»]\n', why: 'pm2-runtime stays in the foreground.' },
      { code: 'FROM python:3.13\nCMD «python app.py» &\n', fixed: 'FROM python:3.13\nCMD python app.py\n' },
    ],
    good: [
      { code: 'FROM debian:13\nCMD ["nginx", "-g", "daemon off;"]\n', why: 'It stays in the foreground.' },
      { code: 'FROM debian:13\nENTRYPOINT ["nginx"]\nCMD ["-g", "daemon off;"]\n', why: 'CMD has the arguments.' },
      {
        code: 'FROM debian:13\nRUN echo "daemon off;" >> /etc/nginx/nginx.conf\nCMD ["nginx"]\n',
        why: 'The settings say so.',
      },
      { code: 'FROM debian:13\nCOPY nginx.conf /etc/nginx/\nCMD ["nginx"]\n', why: 'They may say so.' },
      { code: 'FROM debian:13\nCMD service cron start && tail -f /var/log/app.log\n', why: 'tail stays.' },
      { code: 'FROM php:8.4-fpm\nCMD ["php-fpm"]\n', why: 'The image has it stay in the foreground.' },
      { code: 'FROM registry.example.com/base\nCMD ["nginx"]\n', why: 'Nobody knows what starts this.' },
    ],
  },
  reading: 'own',
  file: { keywords: ['CMD', 'ENTRYPOINT'] },
  check({ facts, report }) {
    const told = new Set<Placed>();
    for (const stage of facts.stages) {
      // What a stage that is built on starts counts in the stages that are built on it.
      if (stage.isBase || !stage.image.isKnown || stage.image.family === 'windows') continue;
      const found = inBackground(facts, stage);
      if (!found || told.has(found.placed)) continue;
      told.add(found.placed);
      report(found.placed, {
        span: found.span,
        message: `${found.what} and the container ends at once: start it in the foreground.`,
        fixes: found.fixes,
      });
    }
  },
});

interface Found {
  readonly span: Span;
  readonly placed: Placed;
  readonly what: string;
  readonly fixes: readonly RuleFix[];
}

function inBackground(facts: FileFacts, stage: Stage): Found | undefined {
  const { entrypoint, command } = launchOf(facts, stage);
  const placed = startOf(facts, entrypoint, command);
  if (!placed) return undefined;
  const { script } = facts.at(placed);
  if (!script || script.errors.length > 0) return undefined;
  const more =
    placed === entrypoint && command?.instruction.json ? command.instruction.json.map(({ text }) => text) : [];
  const last = lastOf(script, one => PASSING.test(one.base) || detached(one) !== undefined);
  if (!last) return undefined;
  if (last.item?.background) return backgrounded(placed, script, last);
  const found = detached(last, more, () => settingsIn(facts, stage));
  if (!found) return undefined;
  return {
    placed,
    span: placed.instruction.json ? wordsSpan(placed.instruction, last) : last.span,
    what: `${found.name} goes to the background here,`,
    fixes: more.length > 0 ? [] : inForeground(placed.instruction, last, found),
  };
}

/** The instruction that names the program: CMD, where the ENTRYPOINT only runs what it is given. */
function startOf(facts: FileFacts, entrypoint: Placed | undefined, command: Placed | undefined): Placed | undefined {
  if (!entrypoint) return command;
  const words = entrypoint.instruction.json;
  const isInit = words !== undefined && facts.at(entrypoint).commands.every(({ base }) => INIT.test(base));
  return isInit ? command : entrypoint;
}

/** The last command of a script, where all others are soon done and none of them is in a pipe, a loop or a condition. */
function lastOf({ commands, list }: ShellScript, isDone: (command: ShellCommand) => boolean): ShellCommand | undefined {
  if (list.items.some(({ nodes, negated }) => negated || nodes.length !== 1 || nodes[0]?.kind !== 'command'))
    return undefined;
  const own = commands.filter(({ base }) => !RUNNERS.test(base));
  const last = own.at(-1);
  return last && own.slice(0, -1).every(isDone) && last.base !== '' ? last : undefined;
}

/** What copies or writes settings, which may keep a program in the foreground. */
const settingsIn = (facts: FileFacts, stage: Stage): string =>
  facts
    .lineage(stage)
    .filter(({ instruction: { keyword } }) => /^(?:COPY|ADD|RUN)$/.test(keyword))
    .map(({ instruction }) => instruction.joined.text)
    .join('\n');

/** `app &` at the end of a script. */
function backgrounded(placed: Placed, script: ShellScript, command: ShellCommand): Found | undefined {
  const { instruction } = placed;
  if (instruction.json || script.form !== 'shell' || PASSING.test(command.base) || command.base === 'wait')
    return undefined;
  const rest = /^\s*&\s*$/.exec(instruction.text.slice(command.span.end));
  if (!rest) return undefined;
  return {
    placed,
    span: command.span,
    what: 'The “&” sends this to the background,',
    fixes: [
      {
        title: 'Remove the “&”',
        safety: 'review',
        edits: [{ span: { start: command.span.end, end: instruction.text.length }, text: '' }],
        effect: { arguments: true, commands: true },
      },
    ],
  };
}
