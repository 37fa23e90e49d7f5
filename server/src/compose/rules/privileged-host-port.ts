import { numbersIn, portsOf } from '../ports.js';
import { defineComposeRule } from '../rule.js';
import { ownServices } from '../services.js';

/** The web, names, mail: there they are expected. */
const PUBLIC = new Set([25, 53, 80, 110, 143, 443, 465, 587, 853, 993, 995]);

export default defineComposeRule({
  id: 'privileged-host-port',
  codes: ['privileged_ports_mapped_in_container', 'CIS-5.8'],
  summary: 'A port of the host below 1024 is published.',
  rationale:
    'On the host, only root may open ports below 1024; Docker does it for the container. CIS asks to do so only where the service is for everybody.',
  category: 'security',
  severity: 'hint',
  profile: 'all',
  since: '0.2.0',
  examples: {
    bad: [{ code: 'services:\n  web:\n    image: nginx:1.29\n    ports: [«"81:80"»]\n' }],
    good: [
      { code: 'services:\n  web:\n    image: nginx:1.29\n    ports: ["443:443"]\n', why: 'That is where the web is.' },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project))
      for (const port of portsOf(service)) {
        const low = numbersIn(port.published).find(number => number < 1024 && !PUBLIC.has(number));
        if (low === undefined || !port.isKnown) continue;
        report(port, {
          message: `Port ${low} of the host is privileged. Use a port above 1023 unless the service is public.`,
        });
      }
  },
});
