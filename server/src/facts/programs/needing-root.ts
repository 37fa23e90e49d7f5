import { type Instruction, perInstruction } from '../../dockerfile/index.js';
import { baseName } from '../files/transfer.js';
import type { FileFacts, Stage } from '../index.js';
import { startScripts } from './start-script.js';

/**
 * Programs that start as root and switch users themselves, that cannot do their work without root, or that come with a
 * user and directories of their own.
 */
export const ROOT_PROGRAMS: ReadonlySet<string> = new Set(
  [
    // Web, mail and name servers, which bind, read keys and then step down.
    'nginx apache2 apache2ctl apachectl apache2-foreground httpd httpd-foreground php-fpm lighttpd squid varnishd haproxy',
    'postfix dovecot exim exim4 opensmtpd smtpd dnsmasq named unbound pdns_server vsftpd proftpd pure-ftpd smbd nmbd slapd',
    // Sessions, timers, supervisors, other services.
    'sshd dropbear cron crond anacron atd supervisord systemd init runsvdir runit s6-svscan service systemctl invoke-rc.d xinetd inetd',
    'sudo su login mount umount chroot unshare modprobe sysctl',
    // Network and system tools that need capabilities.
    'iptables nft ip tc tcpdump tshark dumpcap nmap masscan zmap hping3 arp-scan openvpn wg wg-quick ipsec charon pptpd xl2tpd',
    'openconnect hostapd keepalived dhcpd dhclient chronyd ntpd radiusd freeradius rsyslogd syslog-ng fail2ban-server strace perf',
    'bpftrace gparted smartd rpcbind nfsd rpc.nfsd cadvisor netdata snort suricata ntopng passivedns ipfm ferm shorewall sslsplit',
    'sockd hans shadowvpn dsvpn ocserv tincd vpnserver zerotier-one tailscaled monit pihole-FTL tftpd in.tftpd bees debootstrap pppd',
    'virtualbox filebeat promtail auditd dind runit_bootstrap certbot ambari-server',
    // What works on the host's containers through a socket that belongs to root.
    'dockerd dockerd-entrypoint.sh docker docker-compose containerd ctr podman buildah kubelet k3s buildkitd',
    // Databases and servers whose packages create their user and its directories.
    'mysqld mysqld_safe mariadbd postgres mongod redis-server rabbitmq-server influxd grafana-server mosquitto icecast tor vnstatd transmission-daemon pdnsd',
    'asterisk freeswitch murmurd elasticsearch cassandra couchdb neo4j clickhouse-server',
  ].flatMap(line => line.split(' ')),
);

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
  if (/(?:^|\/)\.devcontainer(?:\/|$)/.test(facts.context?.folder ?? '')) return true;
  return stage.name !== undefined && /devcontainer/.test(stage.name);
}

const SEPARATOR = /[\s;&|'"()]+/;

/** The words of a command and the parts that they have, each without its folders. */
function partsOf(words: readonly { readonly text: string }[]): readonly string[] {
  const parts: string[] = [];
  for (const { text } of words) {
    if (!SEPARATOR.test(text)) parts.push(text.slice(text.lastIndexOf('/') + 1));
    else for (const part of text.split(SEPARATOR)) parts.push(part.slice(part.lastIndexOf('/') + 1));
  }
  return parts;
}

/** `ENTRYPOINT ["/entrypoint.sh"]` */
const SCRIPT = /\.(?:ba)?sh$|(?:^|[-_.])entry-?point$/;
const SHELL = /^(?:ba|da|a|k|z)?sh$/;
/** Scripts of programs that are known to do nothing but start them. */
const STARTERS = new Set(['catalina.sh']);

/** Only root may put a file into it. */
const PID_FILE = /(?:^|=)(?:\/var)?\/run\/[\w.-]+\.pid$/;

/** The name of a program that CMD or ENTRYPOINT starts and that is known to want root. */
export function needsRoot(facts: FileFacts, stage: Stage): string | undefined {
  for (const { instruction } of facts.lineage(stage)) {
    const program = startOf(instruction)?.program;
    if (program !== undefined) return program;
  }
  return undefined;
}

/** A script that CMD or ENTRYPOINT starts, and of which nobody knows what it says: it is in the build context or in the image. */
export function unreadScript(facts: FileFacts, stage: Stage): string | undefined {
  const read = startScripts(facts, stage);
  for (const { instruction } of facts.lineage(stage)) {
    const scripts = startOf(instruction)?.scripts ?? NONE;
    const unread = scripts.find(script => !read.some(({ name }) => name === script));
    if (unread !== undefined) return unread;
  }
  return undefined;
}

/** What a script does that only root may: change users and owners, install packages, start services. */
const ROOT_WORK =
  /^[ \t]*(?:exec[ \t]+)?(?:if[ \t]+|&&[ \t]*|then[ \t]+)?(chown|chgrp|useradd|adduser|usermod|groupadd|addgroup|groupmod|apt-get|apt|apk|yum|dnf|sudo|su|service|sysctl|iptables|mount|update-ca-certificates|crond?|supervisord|sshd|\/etc\/init\.d\/\S+)(?=[ \t;&|]|$)/m;

/** A script that CMD or ENTRYPOINT starts and that does what only root may, with the command that shows it. */
export function rootScript(
  facts: FileFacts,
  stage: Stage,
): { readonly name: string; readonly command: string } | undefined {
  for (const { name, text } of startScripts(facts, stage)) {
    const command = ROOT_WORK.exec(text)?.[1];
    if (command !== undefined) return { name, command };
  }
  return undefined;
}

const BUILDS =
  /(?<![^\s"'/])(mvnw?|gradlew?|sbt|lein|cargo|webpack(?:-dev-server)?|vite|go run|mkdocs|nodemon|hugo server|jekyll serve|docusaurus start|storybook|gatsby develop|react-scripts start|[\w-]+ dev|dotnet (?:run|watch)|mix phx\.server|ng serve|(?:next|nuxt|remix) (?:dev|build)|(?:npm|pnpm|yarn)(?: run)? (?:dev|build|watch)(?::\w+)?)(?=$|[\s"',;&])/;

const buildOf = perInstruction(({ words }) => {
  const text = words.length === 1 ? (words[0]?.text ?? '') : words.map(word => word.text).join(' ');
  return BUILDS.exec(text)?.[1];
});

/** The command by which CMD or ENTRYPOINT builds the program each time the container starts. */
export function buildsAtStart(facts: FileFacts, stage: Stage): string | undefined {
  for (const { instruction } of facts.lineage(stage)) {
    if (instruction.keyword !== 'CMD' && instruction.keyword !== 'ENTRYPOINT') continue;
    const build = buildOf(instruction);
    if (build !== undefined) return build;
  }
  return undefined;
}

/** Programs that do a piece of work with files and end, or wait for somebody to work in the container. */
const WORK =
  /^(?:zip|tar|cp|mv|rm|ls|cat|echo|true|find|rsync|make|cmake|ninja|bazel|pytest|tox|nox|rspec|phpunit|jest|golangci-lint|shellcheck|eslint|sleep)$|^tail -f \/dev\/null|^(?:npm|yarn|pnpm|go|cargo|mvn|gradle|dotnet|bun|deno|mix|rake|bundle exec (?:rspec|rake)) (?:run )?(?:test|lint|check|build|ci)\b/;

/** What a CMD or ENTRYPOINT starts, as words: the name of the program without its folders, and its arguments. */
function startedBy({ json, arguments: { text } }: Instruction): readonly string[] {
  const words = json?.map(word => word.text) ?? text.replace(/^exec\s+/, '').split(/\s+/);
  const names = words.map(baseName);
  if (!/^(?:tini|dumb-init|catatonit)$/.test(names[0] ?? '')) return [names[0] ?? '', ...words.slice(1)];
  const program = words.findIndex((word, index) => index > 0 && !word.startsWith('-'));
  return program < 0 ? [] : [names[program] ?? '', ...words.slice(program + 1)];
}

const workOf = perInstruction((instruction): string | undefined => {
  const [name = '', ...rest] = startedBy(instruction);
  return WORK.test(name) || WORK.test([name, ...rest].join(' ')) ? name : undefined;
});

/** The command with which the container does a piece of work and ends, such as a test, or waits: it serves nobody. */
export function worksAndEnds(facts: FileFacts, stage: Stage): string | undefined {
  const last = facts.last(stage, 'ENTRYPOINT') ?? facts.last(stage, 'CMD');
  return last && workOf(last.instruction);
}

const INTERPRETERS =
  /^(?:(?:ba|da|a|k|z)?sh|pwsh|python[\d.]*|node|irb|ruby|php|jshell|perl|lua|ghci|iex|erl|julia|R|swift|scala|groovysh)$/;

const isInterpreter = perInstruction((instruction): boolean => {
  const [name = '', ...rest] = startedBy(instruction);
  return INTERPRETERS.test(name) && rest.every(word => /^(?:-[ail]|--login)$/.test(word));
});

/** `CMD ["python3"]`: nothing to serve, but something to try out; images of languages and tools to build on end so. */
export function startsInterpreter(facts: FileFacts, stage: Stage): boolean {
  const last = facts.last(stage, 'CMD') ?? facts.last(stage, 'ENTRYPOINT');
  return last !== undefined && isInterpreter(last.instruction);
}

/** What a CMD or ENTRYPOINT starts. */
interface Start {
  /** Known to want root. */
  readonly program: string | undefined;
  readonly scripts: readonly string[];
}

const NONE: readonly string[] = [];

const startOf = perInstruction((instruction): Start | undefined =>
  instruction.keyword === 'CMD' || instruction.keyword === 'ENTRYPOINT' ? readStart(instruction) : undefined,
);

function readStart(instruction: Instruction): Start {
  const { words } = instruction;
  const parts = partsOf(words);
  const named = parts.find(part => ROOT_PROGRAMS.has(part));
  const keepsPid =
    named === undefined && instruction.text.includes('.pid') && words.some(word => PID_FILE.test(word.text));
  return {
    program: keepsPid ? parts.find(part => part !== '' && part !== 'exec') : named,
    // Whatever its name, what follows the name of a shell is a script: `bash /runner`.
    scripts: parts.filter(
      (part, index) =>
        (SCRIPT.test(part) && !STARTERS.has(part)) || (/^\w/.test(part) && SHELL.test(parts[index - 1] ?? '')),
    ),
  };
}
