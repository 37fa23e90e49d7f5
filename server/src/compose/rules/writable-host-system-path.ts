import { fixOf } from '../edits.js';
import { isSystemPath } from '../host-paths.js';
import { readOnly } from '../mount-edits.js';
import { hostPathOf, mountsOf } from '../mounts.js';
import { defineComposeRule } from '../rule.js';
import { ownServices } from '../services.js';

export default defineComposeRule({
  id: 'writable-host-system-path',
  codes: ['CL-0025', 'volume_has_sensitive_host_directory', 'CIS-5.6'],
  summary: 'A service can write to system folders of the host.',
  rationale:
    'Who writes to /etc, to /usr/bin or to Docker’s own folder changes what the host runs, with all rights. Mount just the file that is needed, and `:ro` where it is only read.',
  category: 'security',
  practice: 'permissions',
  severity: 'error',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    volumes:\n      - «/etc:/host/etc»\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n    volumes:\n      - /etc:/host/etc:ro\n',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    volumes:\n      - «{type: bind, source: /, target: /host}»\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.29\n    volumes:\n      - {type: bind, source: /, target: /host, read_only: true}\n',
        why: 'The long form.',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    volumes:\n      - /etc:/host/etc:ro\n',
        why: 'It is read-only; what can be read there is another finding.',
      },
      {
        code: 'services:\n  db:\n    image: mysql:8.4\n    volumes:\n      - /var/lib/mysql:/var/lib/mysql\n',
        why: 'A folder of its own below /var/lib.',
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project))
      for (const mount of mountsOf(service)) {
        const from = mount.isKnown ? hostPathOf(mount, project) : undefined;
        if (from === undefined || mount.isReadOnly || !isSystemPath(from)) continue;
        report(mount, {
          message: `“${service.name}” can write to \`${from}\` of the host. Mount it read-only, or mount only what is needed.`,
          fixes: () => [fixOf('Mount it read-only', 'review', readOnly(project, service, mount))],
        });
      }
  },
});
