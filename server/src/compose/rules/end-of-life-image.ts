import { describeImage } from '../../images/index.js';
import { tagFixes } from '../image-edits.js';
import { defineComposeRule } from '../rule.js';
import { builds, imageOf } from '../service-facts.js';
import { isBuiltHere, ownServices } from '../services.js';
import { scalarAt } from '../value.js';

export default defineComposeRule({
  id: 'end-of-life-image',
  codes: [],
  summary: 'An image is of a release that gets no more fixes, or is gone.',
  rationale: 'Newly found vulnerabilities are not fixed. The dates are from https://endoflife.date.',
  category: 'security',
  practice: 'trusted-sources',
  severity: 'warning',
  since: '0.2.0',
  examples: {
    bad: [
      { code: 'services:\n  db:\n    image: «postgres:9.6»\n', fixed: 'services:\n  db:\n    image: postgres:18\n' },
    ],
    good: [{ code: 'services:\n  db:\n    image: postgres:18\n', why: 'It is supported.' }],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      const image = scalarAt(service.body, 'image');
      const reference = imageOf(service);
      if (!image || !reference || builds(service) || isBuiltHere(reference.text, project)) continue;
      const { endOfLife } = describeImage(reference);
      if (!endOfLife) continue;
      report(image, {
        message: `${endOfLife.message}.`,
        ...(endOfLife.isGone ? { severity: 'error' as const } : {}),
        fixes: image.raw === image.text ? tagFixes(project, service, image, reference) : [],
      });
    }
  },
});
