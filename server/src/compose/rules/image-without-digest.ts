import { defineComposeRule } from '../rule.js';
import { builds, imageOf } from '../service-facts.js';
import { isBuiltHere, ownServices } from '../services.js';
import { scalarAt } from '../value.js';

/** latest-tag has more to say about these. */
const MOVES = /^(?:latest|stable|edge|nightly|dev|develop|main|master|unstable|canary)$/;

export default defineComposeRule({
  id: 'image-without-digest',
  codes: ['CL-0019', 'CIS-5.28'],
  summary: 'An image is not pinned by its digest.',
  rationale: 'A tag can be moved to another image; a digest is that image and no other.',
  category: 'reproducibility',
  practice: 'pinned-images',
  severity: 'info',
  profile: 'strict',
  since: '0.2.0',
  examples: {
    bad: [{ code: 'services:\n  web:\n    image: «nginx:1.29»\n' }],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29@sha256:f1dbca0f5dbc9f1dbca0f5dbc9f1dbca0f5dbc9f1dbca0f5dbc9f1dbca0f5dbc\n',
        why: 'It is pinned.',
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      const image = scalarAt(service.body, 'image');
      const reference = imageOf(service);
      if (!image || !reference || builds(service) || reference.digest !== undefined || reference.tag === undefined)
        continue;
      if (MOVES.test(reference.tag) || isBuiltHere(reference.text, project)) continue;
      report(image, {
        message: `The tag \`${reference.tag}\` can move to a different image. Add a digest (\`@sha256:…\`).`,
      });
    }
  },
});
