import type { Instruction } from '../../dockerfile/index.js';
import type { FileFacts, Stage } from '../../facts/index.js';

/** Programs that start as root and switch users themselves, or that cannot do their work without root. */
const PROGRAMS = new Set([
  'nginx',
  'apache2',
  'apache2ctl',
  'apachectl',
  'apache2-foreground',
  'httpd',
  'httpd-foreground',
  'php-fpm',
  'sshd',
  'cron',
  'crond',
  'anacron',
  'supervisord',
  'systemd',
  'init',
  'dockerd',
  'dockerd-entrypoint.sh',
  'containerd',
  'runsvdir',
  'runit',
  'dnsmasq',
  'named',
  'unbound',
  'keepalived',
  'openvpn',
  'ipsec',
  'squid',
  'smbd',
  'nmbd',
  'vsftpd',
  'proftpd',
  'postfix',
  'dovecot',
  'exim',
  'rsyslogd',
  'xinetd',
  'chronyd',
  'ntpd',
  'dhcpd',
  'tcpdump',
  'iptables',
  'mysqld_safe',
  'slapd',
]);

const STEPS_DOWN = /(?:^|[\s"'/])(?:gosu|su-exec|setpriv|runuser|s6-setuidgid|chpst)(?=[\s"',;]|$)|s6-overlay/;

/** `su app -c …`, `sudo -u app …` as what the container starts. */
function switchesUser({ json, arguments: args }: Instruction): boolean {
  const [command = '', ...rest] = json?.map(word => word.text) ?? args.text.replace(/^exec\s+/, '').split(/\s+/);
  const name = command.slice(command.lastIndexOf('/') + 1);
  if (name === 'sudo') return rest.some(word => /^(?:-u|--user(?:=.*)?)$/.test(word));
  return name === 'su' && rest.some(word => !word.startsWith('-')) && !rest.includes('root');
}

/** Whether the file installs or runs a tool with which a program gives up root by itself. */
export function dropsPrivileges(facts: FileFacts, stage: Stage): boolean {
  return facts.lineage(stage).some(({ instruction }) => {
    switch (instruction.keyword) {
      case 'RUN':
      case 'COPY':
      case 'ADD':
      case 'ENV':
      case 'CMD':
        return STEPS_DOWN.test(instruction.text) || switchesUser(instruction);
      case 'ENTRYPOINT':
        return STEPS_DOWN.test(instruction.text) || switchesUser(instruction) || instruction.words[0]?.text === '/init';
      default:
        return false;
    }
  });
}

/** Containers that people work in; their tools expect root or sudo. */
export function isForDevelopment(facts: FileFacts, stage: Stage): boolean {
  if (
    facts.stages.some(
      ({ base }) =>
        base.kind === 'image' &&
        base.text.includes('devcontainer') &&
        /(?:^|\/)devcontainers?(?:\/|$)/.test(base.reference.path),
    )
  )
    return true;
  return stage.name !== undefined && /devcontainer/.test(stage.name);
}

/** The name of a program that CMD or ENTRYPOINT starts and that is known to want root. */
export function needsRoot(facts: FileFacts, stage: Stage): string | undefined {
  for (const { instruction } of facts.lineage(stage)) {
    if (instruction.keyword !== 'CMD' && instruction.keyword !== 'ENTRYPOINT') continue;
    for (const word of instruction.words) {
      for (const part of word.text.split(/[\s;&|'"]+/)) {
        const name = part.slice(part.lastIndexOf('/') + 1);
        if (PROGRAMS.has(name)) return name;
      }
    }
  }
  return undefined;
}
