import { withoutKey } from '../removals.js';
import { defineComposeRule } from '../rule.js';
import { imageNameOf } from '../service-facts.js';
import { ownServices } from '../services.js';
import { entryOf, truth, valueAt } from '../value.js';

/** Images whose work is not possible without it. */
const NEEDS_IT = /^(?:docker|dind|buildkit|buildkitd|node|kind|cadvisor|binfmt|k3s|rke2|systemd)$/;

export default defineComposeRule({
  id: 'privileged-service',
  codes: ['CL-0002', 'privileged_containers_enabled', 'privileged-service', 'CIS-5.5'],
  summary: 'A service has full access to the host.',
  rationale:
    '`privileged: true` gives the container all capabilities and all devices, and takes seccomp and AppArmor away: whoever takes over the program has taken over the host. Most programs need one capability or one device of all that; `cap_add` and `devices` give just that.',
  category: 'security',
  practice: 'permissions',
  severity: 'error',
  since: '0.2.0',
  links: ['https://docs.docker.com/reference/compose-file/services/#privileged'],
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    «privileged: true»\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n',
      },
      {
        code: 'services:\n  ci:\n    image: docker:28-dind\n    «privileged: true»\n',
        why: 'A Docker daemon needs it, so there is no fix; the rootless variant does without.',
      },
    ],
    good: [
      { code: 'services:\n  web:\n    image: nginx:1.29\n    privileged: false\n', why: 'It is off.' },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    labels:\n      privileged: "true"\n',
        why: 'A label of that name changes nothing.',
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      const entry = entryOf(service.body, 'privileged');
      if (!entry || truth(entry.value) !== true) continue;
      const isNeeded = NEEDS_IT.test(imageNameOf(service));
      report(entry, {
        message: isNeeded
          ? `“${service.name}” has full access to the host, which this image needs. Keep it away from other services, or use a rootless variant.`
          : `“${service.name}” has full access to the host. Remove \`privileged\` and add the capabilities or devices that it needs.`,
        fixes: () => [isNeeded ? undefined : withoutKey(project, service, 'privileged')],
      });
      const build = valueAt(service.body, 'build');
      const building = entryOf(build, 'privileged');
      if (building && truth(building.value) === true)
        report(building, {
          severity: 'info',
          message: 'The build has full access to the host. Remove `privileged`.',
        });
    }
  },
});
