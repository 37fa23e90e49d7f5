import { tagFixes } from '../image-edits.js';
import { defineComposeRule } from '../rule.js';
import { builds, imageOf } from '../service-facts.js';
import { isBuiltHere, ownServices } from '../services.js';
import { scalarAt } from '../value.js';

const MOVES = /^(?:latest|stable|edge|nightly|dev|develop|main|master|unstable|canary)$/;

export default defineComposeRule({
  id: 'latest-tag',
  codes: ['CL-0004', 'service-image-require-explicit-tag', 'CIS-5.28'],
  summary: 'An image uses a tag that moves.',
  rationale:
    '`latest`, `stable`, `edge` and `nightly` are another image after every release: the same file starts something else tomorrow.',
  category: 'reproducibility',
  practice: 'pinned-images',
  severity: 'warning',
  since: '0.2.0',
  examples: {
    bad: [
      { code: 'services:\n  web:\n    image: «nginx:latest»\n', fixed: 'services:\n  web:\n    image: nginx:1.30\n' },
      {
        code: 'services:\n  app:\n    image: «example/app:${TAG:-latest}»\n',
        why: 'The default of a variable is only information.',
      },
    ],
    good: [
      { code: 'services:\n  app:\n    image: example/app:${TAG:?}\n', why: 'The tag is not known.' },
      {
        code: 'services:\n  app:\n    image: example/app:${TAG:-latest}\n',
        why: '`.env` says another one.',
        files: { '.env': 'TAG=1.4.2\n' },
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      const image = scalarAt(service.body, 'image');
      const reference = imageOf(service);
      if (!image || !reference || builds(service) || reference.digest !== undefined) continue;
      if (
        !MOVES.test(reference.tag ?? '') ||
        isBuiltHere(reference.text, project) ||
        reference.registry === 'localhost'
      )
        continue;
      // A variable is for whoever starts it to decide.
      const isDefault = image.raw !== image.text;
      report(image, {
        message: `\`${reference.tag}\` points to a different image after every release. Use a version tag.`,
        ...(isDefault ? { severity: 'info' as const } : {}),
        fixes: isDefault ? [] : tagFixes(project, service, image, reference),
      });
    }
  },
});
