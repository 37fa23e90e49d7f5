import { withoutItem } from '../removals.js';
import { defineComposeRule } from '../rule.js';
import { imageOf, isPrivileged, securityOptionsOf } from '../service-facts.js';
import { ownServices } from '../services.js';

const OFF = new Set(['seccomp', 'apparmor', 'systempaths']);
/** Sandboxes of their own, and debuggers. */
const MEANT = /chrom|browser|puppeteer|playwright|selenium|webtop|kasm|gdb|delve|rr\b/i;

export default defineComposeRule({
  id: 'security-profile-disabled',
  codes: [
    'CL-0009',
    'default_seccomp_profile_disabled',
    'seccomp-confinement-disabled',
    'selinux-separation-disabled',
    'CIS-5.2',
    'CIS-5.3',
    'CIS-5.22',
  ],
  summary: 'A security profile of the kernel is disabled for a service.',
  rationale:
    'seccomp keeps programs from some 50 system calls that containers do not need, and AppArmor and SELinux from files and devices of the host. `unconfined` and `label:disable` take that away. Where one call is missing, a profile of one’s own that adds it is enough.',
  category: 'security',
  practice: 'permissions',
  severity: 'warning',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    security_opt: [«"seccomp:unconfined"»]\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    security_opt:\n      - no-new-privileges:true\n      - «apparmor=unconfined»\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n    security_opt:\n      - no-new-privileges:true\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    security_opt: ["seccomp:./profile.json"]\n',
        why: 'A profile of one’s own.',
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      if (isPrivileged(service)) continue;
      const options = securityOptionsOf(service);
      for (const { key, value, item } of options) {
        const isOff = key === 'label' ? /^(?:disable|type:spc_t)$/.test(value) : value === 'unconfined' && OFF.has(key);
        // Of these the last one counts.
        if (!isOff || (key !== 'label' && options.findLast(one => one.key === key)?.item !== item)) continue;
        const isMeant = MEANT.test(imageOf(service)?.text ?? '');
        report(item, {
          message: isMeant
            ? `\`${item.text}\` disables a protection of the kernel. Browsers and debuggers often need that.`
            : `\`${item.text}\` disables a protection of the kernel. Remove it, or use a profile that allows only what is needed.`,
          ...(isMeant ? { severity: 'info' as const } : {}),
          fixes: () => [withoutItem(project, service, 'security_opt', { name: item.text, item })],
        });
      }
    }
  },
});
