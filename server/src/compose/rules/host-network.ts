import { builtFrom, exposedPorts } from '../dockerfile.js';
import { addToService, type Change, fixOf, removeKey, together } from '../edits.js';
import type { Project, Service } from '../project.js';
import { defineComposeRule } from '../rule.js';
import { imageNameOf } from '../service-facts.js';
import { hostNamespaces } from '../services.js';

/** Programs about the network of the host itself: VPNs, discovery, monitoring. */
const MEANT =
  /wireguard|tailscale|gluetun|openvpn|zerotier|netbird|home-?assistant|homebridge|avahi|mdns|dhcp|node[-_]exporter|netdata|keepalived|unifi|plex|jellyfin|cadvisor|datadog|agent|fail2ban|crowdsec|pihole|adguard/;

/** Only the ports that a Dockerfile says it opens can be published in place of all. */
function ownNetwork(project: Project, service: Service): Change {
  const built = builtFrom(service, project);
  const ports = built && exposedPorts(built);
  if (!ports || ports.length === 0) return undefined;
  const removed = removeKey(project, 'services', service.name, 'network_mode');
  if (service.body.entries.has('ports')) return removed;
  return together(removed, addToService(project, service, { ports: ports.map(port => `127.0.0.1:${port}:${port}`) }));
}

export default defineComposeRule({
  id: 'host-network',
  codes: ['CL-0008', 'shared_host_network_namespace', 'CIS-5.10'],
  summary: 'A service uses the network of the host.',
  rationale:
    'With `network_mode: host` every port that the program opens is open on the host, whatever `ports` says, and the program reaches what listens on the host’s 127.0.0.1. Services of a project reach one another by their names without it; publish the ports that others need.',
  category: 'security',
  practice: 'permissions',
  severity: 'warning',
  since: '0.2.0',
  examples: {
    bad: [
      { code: 'services:\n  web:\n    image: nginx:1.29\n    «network_mode: host»\n' },
      {
        code: 'services:\n  web:\n    build: .\n    «network_mode: host»\n',
        fixed: 'services:\n  web:\n    build: .\n    ports:\n      - "127.0.0.1:3000:3000"\n',
        why: 'The Dockerfile says which port to publish.',
        files: { Dockerfile: 'FROM node:24-slim\nEXPOSE 3000\nUSER node\n' },
      },
      {
        code: 'services:\n  ha:\n    image: ghcr.io/home-assistant/home-assistant:2026.1\n    «network_mode: host»\n',
        why: 'What finds devices in the network needs it: this is only information.',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    network_mode: "service:vpn"\n  vpn:\n    image: qmcgaw/gluetun:v3\n',
        why: 'It shares the network of a service.',
      },
      { code: 'services:\n  web:\n    image: nginx:1.29\n    network_mode: none\n', why: 'It has no network at all.' },
    ],
  },
  check({ project, report }) {
    for (const { service, entry } of hostNamespaces(project, 'network_mode')) {
      const isMeant = MEANT.test(imageNameOf(service));
      report(entry, {
        message: isMeant
          ? `“${service.name}” uses the network of the host, as such programs usually do. All its ports are open there.`
          : `“${service.name}” uses the network of the host. Remove \`network_mode\` and publish the ports that are needed.`,
        ...(isMeant ? { severity: 'info' as const } : {}),
        fixes: () => [
          isMeant ? undefined : fixOf('Use the project’s own network', 'review', ownNetwork(project, service)),
        ],
      });
    }
  },
});
