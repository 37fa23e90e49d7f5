import { isForWatching, isPrivatePath, isRunPath, isSystemPath } from '../host-paths.js';
import { hostPathOf, mountsOf } from '../mounts.js';
import { defineComposeRule } from '../rule.js';
import { imageOf } from '../service-facts.js';
import { ownServices } from '../services.js';

export default defineComposeRule({
  id: 'sensitive-host-path',
  codes: ['CL-0013', 'volume_has_sensitive_host_directory', 'CIS-5.6'],
  summary: 'A service has access to sensitive files of the host.',
  rationale:
    'Keys in ~/.ssh, passwords in /etc/shadow, all users’ files in /home: a program that is taken over gives them away. Mount the one file that is needed.',
  category: 'security',
  practice: 'permissions',
  severity: 'warning',
  since: '0.2.0',
  examples: {
    bad: [
      { code: 'services:\n  web:\n    image: nginx:1.29\n    volumes:\n      - «~/.ssh:/root/.ssh:ro»\n' },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    volumes:\n      - «/etc:/host/etc:ro»\n',
        why: 'Read-only still shows /etc/shadow.',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    volumes:\n      - /etc/localtime:/etc/localtime:ro\n',
        why: 'The time zone is not a secret.',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    volumes:\n      - ./nginx.conf:/etc/nginx/nginx.conf:ro\n',
        why: 'A file of the project.',
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project))
      for (const mount of mountsOf(service)) {
        const from = mount.isKnown ? hostPathOf(mount, project) : undefined;
        if (from === undefined) continue;
        const isPrivate = isPrivatePath(from) || (mount.isReadOnly && isSystemPath(from));
        if (!isPrivate && !isRunPath(from)) continue;
        const isMeant = !isPrivate || isForWatching(from, mount.isReadOnly, imageOf(service)?.text ?? '');
        report(mount, {
          message: isMeant
            ? `“${service.name}” has access to \`${from}\` of the host, which may be its purpose.`
            : `“${service.name}” has access to \`${from}\` of the host. Mount only the file that is needed.`,
          ...(isMeant ? { severity: 'hint' as const } : {}),
        });
      }
  },
});
