import { mountsOf } from '../mounts.js';
import { defineComposeRule } from '../rule.js';
import { ownServices } from '../services.js';

export default defineComposeRule({
  id: 'one-letter-volume',
  codes: [],
  summary: 'A volume with a one-letter name is read as a Windows drive.',
  rationale:
    'Compose takes `v:/data` for the path /data on drive V: the service gets an anonymous volume at a path with a colon in it, and no data is kept. No error is shown.',
  category: 'correctness',
  severity: 'warning',
  since: '0.2.0',
  examples: {
    bad: [{ code: 'services:\n  web:\n    image: nginx:1.29\n    volumes:\n      - «v:/data»\nvolumes:\n  v:\n' }],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    volumes:\n      - vv:/data\nvolumes:\n  vv:\n',
        why: 'Two letters are a name.',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    volumes:\n      - c:/data:/data\n',
        why: 'A path of Windows, with where it goes.',
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project))
      for (const mount of mountsOf(service)) {
        if (mount.form !== 'short' || !/^[a-z]:\/[^:]*$/i.test(mount.target) || mount.from !== '') continue;
        report(mount, { message: `“${mount.target}” is read as a Windows path. Give the volume a longer name.` });
      }
  },
});
