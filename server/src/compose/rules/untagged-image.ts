import { tagFixes } from '../image-edits.js';
import { defineComposeRule } from '../rule.js';
import { builds, imageOf } from '../service-facts.js';
import { isBuiltHere, ownServices } from '../services.js';
import { scalarAt } from '../value.js';

export default defineComposeRule({
  id: 'untagged-image',
  codes: ['CL-0004', 'service-image-require-explicit-tag', 'CIS-5.28'],
  summary: 'An image has no tag, so it is `latest`.',
  rationale:
    'That is another image after every release: the same file starts something else tomorrow. A tag that names a version keeps updates a decision.',
  category: 'reproducibility',
  practice: 'pinned-images',
  severity: 'warning',
  since: '0.2.0',
  examples: {
    bad: [
      { code: 'services:\n  web:\n    image: «nginx»\n', fixed: 'services:\n  web:\n    image: nginx:1.30\n' },
      { code: 'services:\n  app:\n    image: «example/app»\n', why: 'No tags are known of it.' },
    ],
    good: [
      { code: 'services:\n  web:\n    build: .\n    image: team/web\n', why: 'The name of what is built here.' },
      {
        code: 'services:\n  web:\n    build: .\n    image: team/web\n  worker:\n    image: team/web\n',
        why: 'Another service builds it.',
      },
      { code: 'services:\n  web:\n    image: ${IMAGE}\n', why: 'Nobody knows which one.' },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      const image = scalarAt(service.body, 'image');
      const reference = imageOf(service);
      if (!image || !reference || builds(service) || reference.tag !== undefined || reference.digest !== undefined)
        continue;
      if (
        isBuiltHere(reference.text, project) ||
        reference.registry === 'localhost' ||
        !/^[\w.:/-]+$/.test(reference.text)
      )
        continue;
      report(image, {
        message: `\`${reference.name}\` has no tag, so Docker uses \`latest\`, which changes over time. Add a version tag.`,
        fixes: tagFixes(project, service, image, reference),
      });
    }
  },
});
