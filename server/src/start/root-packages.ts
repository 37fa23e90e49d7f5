import type { FileFacts, Stage } from '../facts/index.js';
import { packageActions } from '../facts/packages/in-run.js';
import { ROOT_PROGRAMS } from './root-programs.js';

/** Packages whose programs want root, where they are not called like them. */
const DAEMONS =
  /^(?:openssh(?:-server)?|nfs-(?:utils|kernel-server|ganesha)|strongswan|libreswan|openvpn|tinc\w*|pptpclient|ppp|xl2tpd|cronie|dcron|supervisor|samba|bind9?|isc-dhcp-server|postfix|dovecot|dovecot-core|exim4|bird2?|quagga|frr|fuse3?|autofs|s6|runit)$/;

/** Whoever installs these lets the program set up the network, mount file systems or steer containers, which root alone may. */
const FOR_ROOT_ALONE =
  /^(?:wireguard(?:-\w+)*|amneziawg\S*|iptables(?:-\w+)?|ip6tables|nftables|ipset|ebtables|conntrack(?:-tools)?|bridge-utils|openresolv|openvpn|openconnect|vpnc|strongswan(?:-\w+)?|libreswan|xl2tpd|ppp|dnsmasq(?:-\w+)?|hostapd|keepalived|ipvsadm|udev|eudev|kmod|cryptsetup|lvm2|docker(?:-cli|-ce|-ce-cli|\.io)?|podman|buildah|containerd(?:\.io)?)$/;

/** What is said of a container that gets rights on the host: in a comment, a label, or the command for `docker run`. */
const ON_THE_HOST = /NET_ADMIN|SYS_ADMIN|NET_RAW|--privileged\b|\/dev\/net\/tun|docker\.sock/;

/** A package that the file installs and that a script is likely to start. */
export const daemonInstalled = (facts: FileFacts, stage: Stage): string | undefined =>
  installed(facts, stage, name => DAEMONS.test(name) || ROOT_PROGRAMS.has(name));

/** What the stage has that is of no use to anybody but root: a package, or a right that it asks of the host. */
export function forRootAlone(facts: FileFacts, stage: Stage): string | undefined {
  for (const { instruction, leading } of facts.lineage(stage)) {
    for (const { text } of [...leading, ...instruction.comments, instruction]) {
      const found = ON_THE_HOST.exec(text)?.[0];
      if (found !== undefined) return found;
    }
  }
  return installed(facts, stage, name => FOR_ROOT_ALONE.test(name));
}

/** Whether the file installs a package of this name. */
export const isInstalled = (facts: FileFacts, stage: Stage, wanted: string): boolean =>
  installed(facts, stage, name => name === wanted) !== undefined;

function installed(facts: FileFacts, stage: Stage, wanted: (name: string) => boolean): string | undefined {
  for (const placed of facts.lineage(stage)) {
    if (placed.instruction.keyword !== 'RUN') continue;
    for (const { packages } of packageActions(facts.at(placed), 'install')) {
      const found = packages.map(word => word.value.split(/[=:<>~@]/)[0] ?? '').find(wanted);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
