import { type Instruction, perInstruction } from '../../dockerfile/index.js';
import type { FileFacts, Stage } from '../index.js';
import { packageActions } from '../packages/in-run.js';
import { startScripts } from './start-script.js';

/**
 * Programs that start as root and switch users themselves, that cannot do their work without root, or that come with a
 * user and directories of their own.
 */
const PROGRAMS = new Set(
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

const STEPS_DOWN = /(?<![^\s"'/])(?:gosu|su-exec|setpriv|runuser|s6-setuidgid|chpst)(?=[\s"',;]|$)|s6-overlay/;

const SWITCHES = /^(?:exec\s+)?(?:\S*\/)?su(?:do)?(?:\s|$)/;

/** `su app -c …`, `sudo -u app …` as what the container starts. */
function switchesUser({ json, text, arguments: args }: Instruction): boolean {
  // Most texts do not even have the letters.
  if (!text.includes('su') || (!json && !SWITCHES.test(args.text))) return false;
  const [command = '', ...rest] = json?.map(word => word.text) ?? args.text.replace(/^exec\s+/, '').split(/\s+/);
  const name = command.slice(command.lastIndexOf('/') + 1);
  if (name === 'sudo') return rest.some(word => /^(?:-u|--user(?:=.*)?)$/.test(word));
  return name === 'su' && rest.some(word => !word.startsWith('-')) && !rest.includes('root');
}

function stepsDown(instruction: Instruction): boolean {
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
}

/** Whether the file installs or runs a tool with which a program gives up root by itself. */
export function dropsPrivileges(facts: FileFacts, stage: Stage): boolean {
  for (const { text } of startScripts(facts, stage)) if (STEPS_DOWN.test(text)) return true;
  for (const { instruction } of facts.lineage(stage)) if (signsOf(instruction).stepsDown) return true;
  return false;
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
const SCRIPT = /\.(?:ba)?sh$|^(?:docker-?)?entry-?point$/;

/** Only root may put a file into it. */
const PID_FILE = /(?:^|=)(?:\/var)?\/run\/[\w.-]+\.pid$/;

/** The name of a program that CMD or ENTRYPOINT starts and that is known to want root. */
export function needsRoot(facts: FileFacts, stage: Stage): string | undefined {
  let scripts: readonly string[] = NONE;
  for (const { instruction } of facts.lineage(stage)) {
    const { start } = signsOf(instruction);
    if (!start) continue;
    if (start.program !== undefined) return start.program;
    if (start.scripts.length > 0) scripts = [...scripts, ...start.scripts];
  }
  if (scripts.length === 0) return undefined;
  // Nobody knows what the others say: they lie in the build context or in the image.
  const read = startScripts(facts, stage);
  return scripts.every(script => read.some(({ name }) => name === script)) ? undefined : installedForRoot(facts, stage);
}

/** Packages whose programs want root, where they are not called like them. */
const PACKAGES =
  /^(?:openssh(?:-server)?|nfs-(?:utils|kernel-server|ganesha)|strongswan|libreswan|openvpn|wireguard-tools|tinc\w*|pptpclient|ppp|xl2tpd|iptables|nftables|cronie|dcron|supervisor|samba|bind9?|isc-dhcp-server|postfix|dovecot|dovecot-core|exim4|bird2?|quagga|frr|fuse3?|autofs)$/;

/** A package that the file installs and that a script is likely to start. */
function installedForRoot(facts: FileFacts, stage: Stage): string | undefined {
  for (const placed of facts.lineage(stage)) {
    if (placed.instruction.keyword !== 'RUN') continue;
    for (const { packages } of packageActions(facts.at(placed), 'install')) {
      const names = packages.map(word => word.value.split(/[=:<>~@]/)[0] ?? '');
      const found = names.find(name => PACKAGES.test(name) || PROGRAMS.has(name));
      if (found !== undefined) return found;
    }
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
  /(?<![^\s"'/])(mvnw?|gradlew?|sbt|lein|cargo|webpack(?:-dev-server)?|vite|go run|dotnet (?:run|watch)|mix phx\.server|ng serve|(?:next|nuxt|remix) (?:dev|build)|(?:npm|pnpm|yarn)(?: run)? (?:dev|build|watch)(?::\w+)?)(?=$|[\s"',;&])/;

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

const INTERPRETERS =
  /^(?:(?:ba|da|a|k|z)?sh|pwsh|python[\d.]*|node|irb|ruby|php|jshell|perl|lua|ghci|iex|erl|julia|R|swift|scala|groovysh)$/;

const isInterpreter = perInstruction(({ json, arguments: { text } }): boolean => {
  const words = json?.map(word => word.text) ?? text.replace(/^exec\s+/, '').split(/\s+/);
  const [command = ''] = words;
  return (
    INTERPRETERS.test(command.slice(command.lastIndexOf('/') + 1)) &&
    words.every((word, index) => index === 0 || /^(?:-[ail]|--login)$/.test(word))
  );
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

/** What one instruction shows of whether the container needs root. */
interface Signs {
  /** It installs or runs a tool with which a program gives up root by itself. */
  readonly stepsDown: boolean;
  /** Of CMD and ENTRYPOINT. */
  readonly start: Start | undefined;
}

const NONE: readonly string[] = [];
const STEPS_DOWN_ONLY: Signs = { stepsDown: true, start: undefined };
const NOTHING: Signs = { stepsDown: false, start: undefined };

const signsOf = perInstruction((instruction): Signs => {
  const isDown = stepsDown(instruction);
  if (instruction.keyword === 'CMD' || instruction.keyword === 'ENTRYPOINT')
    return { stepsDown: isDown, start: readStart(instruction) };
  return isDown ? STEPS_DOWN_ONLY : NOTHING;
});

function readStart(instruction: Instruction): Start {
  const { words } = instruction;
  const parts = partsOf(words);
  const named = parts.find(part => PROGRAMS.has(part));
  const keepsPid =
    named === undefined && instruction.text.includes('.pid') && words.some(word => PID_FILE.test(word.text));
  return {
    program: keepsPid ? parts.find(part => part !== '' && part !== 'exec') : named,
    scripts: parts.filter(part => SCRIPT.test(part)),
  };
}
