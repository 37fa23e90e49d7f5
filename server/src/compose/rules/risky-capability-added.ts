import { withoutItem } from '../removals.js';
import { defineComposeRule } from '../rule.js';
import { imageOf } from '../service-facts.js';
import { addedCapabilities } from '../services.js';

/** What each of them lets a program do. */
const RISKY = new Map([
  ['NET_ADMIN', 'changes addresses, routes and firewall rules'],
  ['BPF', 'runs programs in the kernel'],
  ['PERFMON', 'watches the whole system'],
  ['SYS_BOOT', 'restarts the host'],
  ['SYS_TIME', 'sets the clock of the host'],
  ['SYS_NICE', 'takes time from other programs'],
  ['IPC_LOCK', 'keeps memory from being swapped'],
  ['LEASE', 'is told when others open files'],
  ['SYSLOG', 'reads the log of the kernel'],
  ['SYS_PTRACE', 'reads and changes the memory of other programs'],
  ['DAC_READ_SEARCH', 'reads every file, also of the host'],
]);

/** Images whose work it is. */
const MEANT: readonly (readonly [capability: string, image: RegExp])[] = [
  [
    'NET_ADMIN',
    /wireguard|tailscale|gluetun|vpn|pihole|pi-hole|adguard|keepalived|zerotier|netbird|dnsmasq|dhcp|fail2ban|crowdsec|headscale|netmaker|firezone|home-?assistant/i,
  ],
  ['IPC_LOCK', /vault|openbao|elasticsearch|opensearch|memcached|ollama|vllm/i],
  ['SYS_TIME', /chrony|ntp/i],
  ['SYS_NICE', /mysql|mariadb|percona|jellyfin|plex|emby|oracle|mongo|scylla|frigate/i],
  ['SYS_PTRACE', /netdata|falco|datadog|pyroscope|parca/i],
  ['PERFMON', /netdata|frigate|falco|jellyfin/i],
  ['BPF', /falco|cilium|pyroscope|parca|beyla/i],
];

export default defineComposeRule({
  id: 'risky-capability-added',
  codes: ['CL-0011', 'CL-0027', 'CL-0028', 'CL-0029', 'CL-0030', 'container_capabilities_unrestricted', 'CIS-5.4'],
  summary: 'A service has a capability that affects the host.',
  rationale:
    'NET_ADMIN changes addresses and firewall rules, SYS_PTRACE reads the memory of other programs, SYS_TIME sets the clock of the host, and so on. Few programs need one of these.',
  category: 'security',
  practice: 'permissions',
  severity: 'warning',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    cap_add:\n      - «NET_ADMIN»\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n',
      },
      {
        code: 'services:\n  vpn:\n    image: linuxserver/wireguard:1.0\n    cap_add: [«NET_ADMIN»]\n',
        why: 'This program is there to do just that: only information.',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    cap_drop: [ALL]\n    cap_add: [SETUID, SETGID]\n',
        why: 'Containers have these anyway.',
      },
    ],
  },
  check({ project, report }) {
    for (const { name, item, service } of addedCapabilities(project)) {
      const can = RISKY.get(name);
      if (can === undefined) continue;
      const isMeant = MEANT.some(
        ([capability, image]) => capability === name && image.test(imageOf(service)?.text ?? service.name),
      );
      report(item, {
        message: isMeant
          ? `\`${name}\` ${can}. Programs of this kind need it.`
          : `\`${name}\` ${can}. Remove it unless “${service.name}” needs it.`,
        ...(isMeant ? { severity: 'info' as const } : {}),
        fixes: () => [isMeant ? undefined : withoutItem(project, service, 'cap_add', { name, item })],
      });
    }
  },
});
