import { withoutItem } from '../removals.js';
import { defineComposeRule } from '../rule.js';
import { imageNameOf, isPrivileged } from '../service-facts.js';
import { ownServices } from '../services.js';
import { itemsOf, knownText, valueAt } from '../value.js';

const DANGEROUS =
  /^\/dev(?:\/(?:(?:sd|hd|vd|xvd)[a-z]+\d*|nvme\d.*|mmcblk\d.*|md\d.*|dm-\d+|loop\d*|mapper(?:\/.*)?|disk(?:\/.*)?|mem|kmem|kmsg|port|zfs))?\/?$/;

export default defineComposeRule({
  id: 'dangerous-device',
  codes: ['CL-0016', 'CIS-5.18'],
  summary: 'A service has access to a disk or the memory of the host.',
  rationale:
    'Who has the disk as a device reads and writes every file on it, past all rights; /dev/mem is the memory of the host.',
  category: 'security',
  practice: 'permissions',
  severity: 'error',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    devices:\n      - «/dev/sda:/dev/sda»\n      - /dev/dri:/dev/dri\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n    devices:\n      - /dev/dri:/dev/dri\n',
      },
    ],
    good: [
      {
        code: 'services:\n  z:\n    image: koenkk/zigbee2mqtt:2.1\n    devices:\n      - /dev/ttyUSB0:/dev/ttyUSB0\n',
        why: 'A stick, and no disk.',
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      if (isPrivileged(service)) continue;
      for (const item of itemsOf(valueAt(service.body, 'devices'))) {
        const device = item.kind === 'mapping' ? knownText(valueAt(item, 'source')) : knownText(item)?.split(':')[0];
        if (device === undefined || !DANGEROUS.test(device)) continue;
        const isMeant = /cadvisor/.test(imageNameOf(service)) && device === '/dev/kmsg';
        report(item, {
          message: `“${service.name}” has access to \`${device}\` of the host. Remove it unless the service needs it.`,
          ...(isMeant ? { severity: 'hint' as const } : {}),
          fixes: () => [withoutItem(project, service, 'devices', { name: device, item }, 'manual')],
        });
      }
    }
  },
});
