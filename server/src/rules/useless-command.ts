import type { ShellCommand, ShellScript } from '../shell/index.js';
import { defineRule } from './rule.js';

/** DL3001 is about these only. */
const HADOLINT = new Set(['free', 'kill', 'mount', 'ps', 'service', 'shutdown', 'ssh', 'top', 'vim']);

const SERVICE = 'The service ends with this RUN. Start it from CMD or ENTRYPOINT instead.';

const isLast = (command: ShellCommand, script: ShellScript): boolean =>
  script.commands.at(-1) === command && command.top;

/** What is wrong with a command, or undefined where it can be meant. */
function complaint(command: ShellCommand, script: ShellScript): string | undefined {
  const { base } = command;
  switch (base) {
    case 'shutdown':
    case 'reboot':
    case 'poweroff':
    case 'halt':
      return `${base} does nothing in a build. Remove it.`;
    case 'top':
    case 'htop':
    case 'free':
    case 'uptime':
      // Its output may be what is wanted.
      return command.redirects.length > 0 ||
        (command.item?.nodes.length ?? 1) > 1 ||
        script.form === 'exec' ||
        !command.top
        ? undefined
        : `${base} only shows the state of the build machine. Remove it.`;
    case 'vi':
    case 'vim':
    case 'nano':
      // `vim +PlugInstall +qall` and `vim -es` work without a terminal.
      return command.args.some(({ value }) => /^[-+]/.test(value))
        ? undefined
        : `${base} needs a terminal, which a build does not have. Remove it.`;
    case 'systemctl':
      return /^(?:start|restart|reload|stop|status)$/.test(
        command.args.find(({ value }) => !value.startsWith('-'))?.value ?? '',
      )
        ? 'systemctl cannot start anything in a build, because systemd does not run there. Remove it.'
        : undefined;
    case 'service': {
      // A service may be needed by what follows in the same RUN; what the last command starts is gone when the RUN ends.
      const started = /^(?:start|restart|reload)$/.test(command.args[1]?.value ?? '');
      return started && isLast(command, script) ? SERVICE : undefined;
    }
    default:
      return /^\/etc\/(?:init|rc)\.d\//.test(command.name?.value ?? '') &&
        /^(?:start|restart|reload)$/.test(command.args[0]?.value ?? '') &&
        isLast(command, script)
        ? SERVICE
        : undefined;
  }
}

export default defineRule({
  id: 'useless-command',
  codes: ['DL3001'],
  summary: 'A RUN calls a command that is useless in a build.',
  rationale:
    'A RUN has no terminal and no init system, and every process that it starts ends with it. A service started there is not running in the container, and an editor or monitor has nobody to talk to.',
  category: 'correctness',
  practice: 'clarity',
  severity: 'info',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM debian:12\nRUN «top»\n' },
      { code: 'FROM debian:12\nRUN apt-get update && «service nginx start»\n' },
      { code: 'FROM debian:12\nRUN «systemctl start nginx»\n' },
      { code: 'FROM debian:12\nRUN «/etc/init.d/nginx start»\n' },
    ],
    good: [
      { code: 'FROM debian:12\nRUN apt-get install -y ssh vim\n', why: 'Installing a program does not run it.' },
      {
        code: 'FROM debian:12\nRUN service postgresql start && createdb app\n',
        why: 'The next command needs the service.',
      },
      { code: 'FROM debian:12\nRUN free -m | tail -n 1 && test "$(free | wc -l)" -gt 1\n', why: 'The output is used.' },
      { code: 'FROM debian:12\nRUN systemctl enable nginx\n', why: 'This only makes a link.' },
      { code: 'FROM debian:12\nRUN vim +PlugInstall +qall\n', why: 'This works without a terminal.' },
    ],
  },
  instruction: {
    keywords: ['RUN'],
    words: [
      'shutdown',
      'reboot',
      'poweroff',
      'halt',
      'top',
      'htop',
      'free',
      'uptime',
      'vi',
      'vim',
      'nano',
      'systemctl',
      'service',
      'init',
      'rc',
    ],
  },
  check({ facts, report }) {
    const { script } = facts;
    if (!script) return;
    for (const command of script.commands) {
      const message = complaint(command, script);
      if (message === undefined) continue;
      report({ span: command.span, message, ...(HADOLINT.has(command.base) ? {} : { codes: [] }) });
    }
  },
});
