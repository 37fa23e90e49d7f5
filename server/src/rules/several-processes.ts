import { detached } from '../start/index.js';
import { listed } from '../text/listed.js';
import type { Span } from '../text/span.js';
import { defineRule } from './rule.js';

const MANAGERS = /^(?:supervisord|runsvdir|runit|s6-svscan|circusd|monit|foreman|honcho)$/;

export default defineRule({
  id: 'several-processes',
  codes: [],
  summary: 'One container runs several programs.',
  rationale:
    'The container lives and dies with one process. What runs beside it in the background is not restarted when it fails, gets no signal when the container stops, and mixes its output into the same log. Give each program an image and a service of its own.',
  category: 'maintainability',
  practice: 'one-process',
  severity: 'info',
  minor: true,
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM debian:12\nCMD «service cron start» && nginx -g "daemon off;"\n' },
      { code: 'FROM debian:12\nCMD «redis-server» & python3 app.py\n' },
      { code: 'FROM debian:12\nCMD [«"/usr/bin/supervisord"», "-n"]\n' },
      {
        code: 'FROM debian:12\nCMD «php-fpm -D» && setsid rsyslogd && nginx -g "daemon off;"\n',
        why: 'They go to the background by themselves.',
      },
    ],
    good: [
      {
        code: 'FROM fedora:43\nCMD ["/lib/systemd/systemd"]\n',
        why: 'An image to test services in is meant to have an init system.',
      },
      { code: 'FROM debian:12\nCMD ["nginx", "-g", "daemon off;"]\n', why: 'One program.' },
      { code: 'FROM debian:12\nCMD ./migrate && exec ./server\n', why: 'One after the other.' },
      { code: 'FROM debian:12\nCMD ["cron", "-f"]\n', why: 'cron is the program.' },
      {
        code: 'FROM debian:12\nCMD nginx -t && redis-server --daemonize no\n',
        why: 'A test that ends, and a program that stays in the foreground.',
      },
    ],
  },
  instruction: { keywords: ['CMD', 'ENTRYPOINT'] },
  check({ facts, report }) {
    const { script } = facts;
    if (!script || script.errors.length > 0) return;
    const { commands } = script;
    const beside: { readonly program: string; readonly span: Span }[] = [];
    for (const [index, command] of commands.entries()) {
      if (MANAGERS.test(command.base)) {
        report({
          span: command.name?.span ?? command.span,
          message: `${command.base} runs several programs in one container. Give each its own container.`,
        });
        return;
      }
      const next = commands
        .slice(index + 1)
        .find(other => other.span.start >= command.span.end && !/^(?:wait|sleep|tail|echo|true)$/.test(other.base));
      if (!next) continue;
      const program =
        command.item?.background && command.base !== '' && !/^(?:sleep|tail|echo)$/.test(command.base)
          ? command.base
          : detached(command)?.name;
      if (program !== undefined) beside.push({ program, span: command.span });
    }
    const [first] = beside;
    if (!first) return;
    const names = listed([...new Set(beside.map(({ program }) => program))]);
    report({
      span: first.span,
      message: `${names} ${beside.length > 1 ? 'run' : 'runs'} beside the main program: give each one a container of its own.`,
    });
  },
});
