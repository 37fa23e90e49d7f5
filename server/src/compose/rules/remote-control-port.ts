import { fixOf } from '../edits.js';
import { onLoopback } from '../port-edits.js';
import { isOpen, numbersIn, portsOf } from '../ports.js';
import { defineComposeRule } from '../rule.js';
import { imageOf } from '../service-facts.js';
import { ownServices } from '../services.js';

const CONTROL = new Map([
  [22, 'SSH'],
  [2375, 'The API of Docker without TLS'],
  [3389, 'Remote desktop'],
  [5900, 'VNC'],
  [9229, 'The debugger of Node.js'],
  [5005, 'The debugger of Java'],
  [5678, 'The debugger of Python'],
  [2345, 'The debugger of Go'],
]);
/** SSH or a desktop is what these are for. */
const IS_ITS_PURPOSE =
  /git(?:ea|lab|ness)?\b|gogs|forgejo|sftp|sshd?\b|openssh|vnc|xrdp|kasm|guacamole|bastion|selenium|n8n/i;

export default defineComposeRule({
  id: 'remote-control-port',
  codes: ['CIS-5.7'],
  summary: 'A remote control port is open to every machine that can reach the host.',
  rationale:
    'The API of Docker without TLS, SSH, remote desktops and debuggers give whoever reaches them the container, or the host. Put 127.0.0.1 in front of the port.',
  category: 'security',
  severity: 'warning',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    build: .\n    ports:\n      - «"9229:9229"»\n',
        fixed: 'services:\n  app:\n    build: .\n    ports:\n      - "127.0.0.1:9229:9229"\n',
      },
    ],
    good: [
      {
        code: 'services:\n  git:\n    image: gitea/gitea:1.24\n    ports: ["2222:22"]\n',
        why: 'SSH is what a git server is for.',
      },
      {
        code: 'services:\n  app:\n    build: .\n    ports: ["127.0.0.1:9229:9229"]\n',
        why: 'Only the host reaches it.',
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      if (IS_ITS_PURPOSE.test(imageOf(service)?.text ?? service.name)) continue;
      for (const port of portsOf(service)) {
        if (!port.isKnown || !isOpen(port)) continue;
        const what = numbersIn(port.target)
          .map(number => CONTROL.get(number))
          .find(name => name !== undefined);
        if (what === undefined) continue;
        report(port, {
          message: `${what} is open to every machine that can reach the host. Prefix the port with \`127.0.0.1:\`.`,
          ...(project.isForTrying ? { severity: 'info' as const } : {}),
          fixes: () => [fixOf('Open it to the host only', 'review', onLoopback(project, service, port))],
        });
      }
    }
  },
});
