import { portsOf } from '../ports.js';
import { withoutKey } from '../removals.js';
import { defineComposeRule } from '../rule.js';
import { ownServices } from '../services.js';
import { entryOf, knownText, valueAt } from '../value.js';

export default defineComposeRule({
  id: 'ports-without-effect',
  codes: [],
  summary: 'Ports are listed where they cannot be published.',
  rationale:
    'With `network_mode: host` the program opens its ports on the host itself, and with `none` nobody reaches it: `ports` is ignored. With the network of another container Compose refuses to start the service; the ports belong to that one.',
  category: 'correctness',
  severity: 'warning',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    network_mode: host\n    «ports: ["80:80"]»\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n    network_mode: host\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    ports: ["80:80"]\n',
        why: 'The service has a network of its own.',
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      const mode = knownText(valueAt(service.body, 'network_mode'));
      if (mode === undefined || !/^(?:host|none|(?:service|container):.*)$/.test(mode)) continue;
      const entry = entryOf(service.body, 'ports');
      if (!entry || portsOf(service).length === 0) continue;
      const other = /^service:(.+)$/.exec(mode)?.[1];
      report(entry, {
        message:
          other === undefined
            ? `\`ports\` has no effect with \`network_mode: ${mode}\`. Remove it.`
            : `This service uses the network of “${other}”, so Compose refuses these ports. List them there.`,
        ...(mode.includes(':') ? { severity: 'error' as const } : {}),
        tag: 'unnecessary',
        fixes: () => [mode.includes(':') ? undefined : withoutKey(project, service, 'ports', 'safe')],
      });
    }
  },
});
