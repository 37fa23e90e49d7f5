import { contextOf } from '../dockerfile.js';
import { type Mount, mountsOf } from '../mounts.js';
import { defineComposeRule } from '../rule.js';
import { imageOf } from '../service-facts.js';
import { ownServices } from '../services.js';

export default defineComposeRule({
  id: 'shared-writable-volume',
  codes: ['shared_volumes_between_containers'],
  summary: 'Several services can write to one volume.',
  rationale:
    'A program that is taken over changes what the others read. Where one service writes and the others read, `:ro` says so.',
  category: 'security',
  severity: 'hint',
  profile: 'all',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  a:\n    image: example/app:1\n    volumes: [«"static:/static"»]\n  b:\n    image: nginx:1.29\n    volumes: [«"static:/static"»]\nvolumes:\n  static:\n',
      },
    ],
    good: [
      {
        code: 'services:\n  a:\n    image: example/app:1\n    volumes: ["static:/static"]\n  b:\n    image: nginx:1.29\n    volumes: ["static:/static:ro"]\nvolumes:\n  static:\n',
        why: 'The second one only reads.',
      },
    ],
  },
  check({ project, report }) {
    const users = new Map<string, { readonly image: string; readonly mount: Mount }[]>();
    for (const service of ownServices(project))
      for (const mount of mountsOf(service)) {
        if (mount.type !== 'volume' || mount.from === '' || mount.isReadOnly || !mount.isKnown) continue;
        const image = imageOf(service)?.text ?? contextOf(service) ?? service.name;
        users.set(mount.from, [...(users.get(mount.from) ?? []), { image, mount }]);
      }
    for (const [name, all] of users) {
      // Two services of one image are one program: a web server and its worker.
      if (new Set(all.map(({ image }) => image)).size < 2) continue;
      for (const { mount } of all)
        report(mount, {
          message: `Several services can write to the volume “${name}”. Add \`:ro\` where it is only read.`,
        });
    }
  },
});
