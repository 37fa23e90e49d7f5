import { fixOf } from '../edits.js';
import { withoutOption } from '../mount-edits.js';
import { mountsOf } from '../mounts.js';
import { defineComposeRule } from '../rule.js';
import { ownServices } from '../services.js';

export default defineComposeRule({
  id: 'shared-mount-propagation',
  codes: ['CL-0017', 'volume_mounted_in_multiple_containers', 'CIS-5.20'],
  summary: 'Mounts of a service appear on the host.',
  rationale:
    'With `shared` or `rshared`, a file system that the container mounts is mounted on the host too. Only programs that mount something for the host, such as rclone, need that.',
  category: 'security',
  practice: 'permissions',
  severity: 'warning',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    volumes:\n      - «/mnt/media:/media:ro,shared»\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n    volumes:\n      - /mnt/media:/media:ro\n',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    volumes:\n      - «/mnt/media:/media:rshared»\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n    volumes:\n      - /mnt/media:/media\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    volumes:\n      - /mnt/media:/media:rslave\n',
        why: 'Mounts of the host appear in the container only.',
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project))
      for (const mount of mountsOf(service)) {
        if (!/^r?shared$/.test(mount.propagation ?? '')) continue;
        report(mount, {
          message: `Mounts of “${service.name}” below ${mount.target} appear on the host. Remove \`${mount.propagation}\` unless that is its purpose.`,
          fixes: () => [
            fixOf(
              `Remove ${mount.propagation}`,
              'review',
              withoutOption(project, service, mount, mount.propagation ?? ''),
            ),
          ],
        });
      }
  },
});
