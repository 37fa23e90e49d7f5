import { closest } from '../../text/closest.js';
import { addKeys, fixOf } from '../edits.js';
import { addTopLevel } from '../edits-top.js';
import { resourcesOf } from '../resources.js';
import { defineComposeRule } from '../rule.js';
import { ownServices } from '../services.js';
import { entryOf } from '../value.js';

export default defineComposeRule({
  id: 'undefined-resource',
  codes: [],
  summary: 'A network, volume, secret or config is used but not declared.',
  rationale: 'Compose refuses the file: “refers to undefined volume”.',
  category: 'correctness',
  severity: 'error',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    volumes: [«"data:/data"»]\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n    volumes: ["data:/data"]\nvolumes:\n  data: {}\n',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    networks: [«back»]\nnetworks:\n  front:\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n    networks: [back]\nnetworks:\n  front:\n  back: {}\n',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    secrets: [«pw»]\n',
        why: 'Nobody knows where the secret comes from.',
      },
    ],
    good: [
      { code: 'services:\n  web:\n    image: nginx:1.29\n    networks: [default]\n', why: 'It is always there.' },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    volumes: ["./data:/data"]\n',
        why: 'A path, and no name.',
      },
    ],
  },
  check({ project, report }) {
    if (project.isFragment) return;
    for (const service of ownServices(project))
      for (const { kind, name, at } of resourcesOf(service)) {
        if (project.resources[kind].has(name)) continue;
        const declared = entryOf(project.own.root, kind)
          ? addKeys(project, [kind], { [name]: {} })
          : addTopLevel(project, kind, { [name]: {} });
        const meant = closest(name, [...project.resources[kind].keys()]);
        report(at, {
          message: `The ${kind.slice(0, -1)} “${name}” is not declared in \`${kind}\`${meant ? `. Did you mean ${meant}?` : ', so Compose refuses the file.'}`,
          fixes: () => [
            kind === 'networks' || kind === 'volumes' ? fixOf(`Declare ${name}`, 'review', declared) : undefined,
          ],
        });
      }
  },
});
